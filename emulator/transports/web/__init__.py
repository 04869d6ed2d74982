"""The parts that every web face shares: frame, components, design tokens, forms, guard and the gallery of it all.

A face (the license portal; others later) brings its pages, its accounts and its menu; how a page is framed, drawn and
protected is here. Pages are plain HTML forms that work without a script.
"""
