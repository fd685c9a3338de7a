"""Cases that may be shown -> the numbered tree of a document, in passes."""
