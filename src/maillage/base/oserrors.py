"""Why the machine refused a file, in French: what its own language says is not ours."""

import errno

REASONS = {
    errno.ENOENT: "ce fichier n'existe pas",
    errno.EACCES: "l'accès y est refusé",
    errno.EPERM: "l'accès y est refusé",
    errno.EISDIR: "c'est un dossier",
    errno.ENOTDIR: "son dossier n'en est pas un",
    errno.EEXIST: "il existe déjà",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "le disque est plein",
    errno.EROFS: "ce disque ne s'écrit pas",
    errno.ENAMETOOLONG: "son nom est trop long",
    errno.EIO: "le disque ne répond pas",
}


def reason(error: OSError) -> str:
    """Return why, without a capital nor a full stop; the machine's own words for what is not listed."""
    return REASONS.get(error.errno or 0) or error.strerror or str(error)
