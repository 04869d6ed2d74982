"""Recordings of a session, and what is made of them for people: an asciicast, a page, a picture, a timeline."""
