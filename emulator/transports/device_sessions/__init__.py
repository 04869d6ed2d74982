"""Sessions at devices, as the license manager opens them: a client of whatever answers like these routers."""
