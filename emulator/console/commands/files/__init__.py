"""Files and stored configurations: directories, copying, erasing, archives."""
