"""Standing coordination: convening, chasing answers, contacts outside; no access to persons."""
