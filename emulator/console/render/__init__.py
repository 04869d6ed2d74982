"""From facts to text, screen by screen: exact columns, trailing blanks included."""
