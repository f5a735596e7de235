#!/bin/sh
# Runs a command of Maillage as its own user, under its settings: sudo $compte doctor
if [ "$$(id -un)" != $compte ]; then
  [ "$$(id -u)" = 0 ] || { echo "$compte : à lancer avec sudo." >&2; exit 2; }
  exec runuser -u $compte -- "$$0" "$$@"
fi
umask 077
# Read as systemd reads it: a value is never run, whatever signs a password holds.
while IFS= read -r line || [ -n "$$line" ]; do
  case $$line in [A-Z]*=*) ;; *) continue ;; esac
  value=$${line#*=}
  case $$value in \"*\" | \'*\') value=$${value#?} value=$${value%?} ;; esac
  export "$${line%%=*}=$$value"
done <$reglages
cd $dossier && exec $maillage "$$@"
