"""The portal for programs: JSON under `/api/v1`, with bearer tokens and a description of itself (OpenAPI 3.1)."""
