"""The portal as pages: plain HTML forms that work without a script."""
