//! `docs/reference/types.md`, written from the code that it describes.
