"""The line discipline of terminals that are sent plain characters: by SSH, by Telnet, or without cursor control."""
