"""The configuration language: tables of lines by mode, what typing one does, and the order in which IOS prints them."""
