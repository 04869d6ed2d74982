"""Screens written from facts, one by one: exact columns, trailing blanks included."""
