"""The program beside the GPU: pulls jobs over HTTP, hands back candidates."""
