#!/bin/sh
# Runs a command of Maillage as its own user, under its settings: sudo maillage doctor
exec runuser -u maillage -- sh -c '
  set -a; . $reglages; set +a
  cd $dossier && exec $maillage "$$@"' maillage "$$@"
