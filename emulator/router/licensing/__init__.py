"""License use cases on one router: installing, choosing a level, metering use, keeping the store."""
