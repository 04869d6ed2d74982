"""Dialogs that several commands share: agreement, installing, revoking, calling home, copying, questions."""
