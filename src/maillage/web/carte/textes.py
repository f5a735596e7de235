"""The card's fixed texts, in six languages; the five others say what the French says, no more."""

from __future__ import annotations

from collections.abc import Mapping

# Code: (its own name, direction of reading).
LANGUES: Mapping[str, tuple[str, str]] = {
    "fr": ("Français", "ltr"),
    "en": ("English", "ltr"),
    "ar": ("العربية", "rtl"),
    "tr": ("Türkçe", "ltr"),
    "pt": ("Português", "ltr"),
    "es": ("Español", "ltr"),
}
ORDER = tuple(LANGUES)

# Each line: French, English, Arabic, Turkish, Portuguese, Spanish.
_TEXTS: Mapping[str, tuple[str, str, str, str, str, str]] = {
    "titre": (
        "Ma carte", "My card", "بطاقتي", "Kartım", "O meu cartão", "Mi tarjeta",
    ),
    "intro": (
        "Voyez ce qui a été dit de vous, à qui, et pourquoi. Vous pouvez arrêter.",
        "See what was said about you, to whom, and why. You can stop it.",
        "اطّلع على ما قيل عنك، ولمن، ولماذا. يمكنك إيقاف ذلك.",
        "Hakkınızda ne söylendiğini, kime ve neden söylendiğini görün. Durdurabilirsiniz.",
        "Veja o que foi dito sobre si, a quem e porquê. Pode parar.",
        "Vea qué se ha dicho de usted, a quién y por qué. Puede pararlo.",
    ),
    "code": (
        "Le code de la carte", "The code on the card", "رمز البطاقة", "Karttaki kod",
        "O código do cartão", "El código de la tarjeta",
    ),
    "numero": (
        "Votre numéro secret", "Your secret number", "رقمك السري", "Gizli numaranız",
        "O seu número secreto", "Su número secreto",
    ),
    "ouvrir": ("Ouvrir", "Open", "فتح", "Aç", "Abrir", "Abrir"),
    "refus": (
        "Ce code ou ce numéro ne va pas, ou la carte ne sert plus.",
        "This code or number is wrong, or the card no longer works.",
        "الرمز أو الرقم غير صحيح، أو لم تعد البطاقة صالحة.",
        "Kod veya numara yanlış ya da kart artık geçerli değil.",
        "O código ou o número não está certo, ou o cartão já não serve.",
        "El código o el número no es correcto, o la tarjeta ya no sirve.",
    ),
    "attendre": (
        "Trop d'essais. Attendez cinq minutes.", "Too many tries. Wait five minutes.",
        "محاولات كثيرة. انتظر خمس دقائق.", "Çok fazla deneme. Beş dakika bekleyin.",
        "Demasiadas tentativas. Espere cinco minutos.", "Demasiados intentos. Espere cinco minutos.",
    ),
    "dits": (
        "Ce qui a été dit, et à qui", "What was said, and to whom", "ما قيل، ولمن",
        "Ne söylendi ve kime", "O que foi dito, e a quem", "Qué se dijo, y a quién",
    ),
    "rien": (
        "Rien n'a été dit à personne d'autre.", "Nothing was said to anyone else.",
        "لم يُقل شيء لأي شخص آخر.", "Başka kimseye bir şey söylenmedi.",
        "Nada foi dito a mais ninguém.", "No se ha dicho nada a nadie más.",
    ),
    "le": ("le", "on", "في", "tarih:", "em", "el"),
    "jusquau": ("jusqu'au", "until", "حتى", "şu tarihe kadar:", "até", "hasta el"),
    "fini": ("fini", "ended", "انتهى", "bitti", "terminado", "terminado"),
    "lus": (
        "Qui a ouvert votre fiche", "Who opened your file", "من اطّلع على ملفك",
        "Dosyanızı kim açtı", "Quem abriu a sua ficha", "Quién abrió su ficha",
    ),
    "listes": (
        "L'équipe voit aussi la liste des noms, sans ouvrir la fiche : ce n'est pas compté.",
        "The team also sees the list of names without opening a file: that is not counted.",
        "يرى الفريق أيضًا قائمة الأسماء دون فتح الملف: هذا لا يُحتسب.",
        "Ekip, dosyayı açmadan isim listesini de görür: bu sayılmaz.",
        "A equipa vê também a lista de nomes sem abrir a ficha: isso não é contado.",
        "El equipo ve también la lista de nombres sin abrir la ficha: eso no se cuenta.",
    ),
    "arreter": ("Tout arrêter", "Stop everything", "إيقاف كل شيء", "Hepsini durdur", "Parar tudo",
                "Pararlo todo"),
    "arreter_dit": (
        "Un seul geste : ce qui tenait à votre accord s'arrête aussitôt. Personne ne demandera pourquoi.",
        "One gesture: whatever rested on your agreement stops at once. Nobody will ask you why.",
        "بلمسة واحدة: كل ما كان يقوم على موافقتك يتوقف فورًا. لن يسألك أحد عن السبب.",
        "Tek dokunuş: onayınıza dayanan her şey hemen durur. Kimse size nedenini sormaz.",
        "Um só gesto: o que dependia do seu acordo para de imediato. Ninguém lhe perguntará porquê.",
        "Un solo gesto: lo que dependía de su acuerdo se para enseguida. Nadie le preguntará por qué.",
    ),
    "arrete": (
        "C'est arrêté. Vous pouvez en reparler quand vous voulez.",
        "It is stopped. You can talk about it again whenever you like.",
        "تم الإيقاف. يمكنك التحدث عن ذلك من جديد متى شئت.",
        "Durduruldu. İstediğiniz zaman yeniden konuşabilirsiniz.",
        "Está parado. Pode voltar a falar disso quando quiser.",
        "Está parado. Puede volver a hablarlo cuando quiera.",
    ),
    "loi": (
        "Ce que la loi oblige à dire, pour protéger un enfant, n'est pas sur cette page.",
        "What the law requires to be said, to protect a child, is not on this page.",
        "ما يفرض القانون قوله لحماية طفل لا يظهر في هذه الصفحة.",
        "Bir çocuğu korumak için yasanın söylenmesini zorunlu kıldığı şeyler bu sayfada yoktur.",
        "O que a lei obriga a dizer, para proteger uma criança, não está nesta página.",
        "Lo que la ley obliga a decir, para proteger a un menor, no está en esta página.",
    ),
    "droits": (
        "Vous pouvez demander une copie, corriger, vous opposer : dites-le à qui vous a donné la carte.",
        "You can ask for a copy, correct it, object: tell the person who gave you the card.",
        "يمكنك طلب نسخة أو تصحيح أو الاعتراض: أخبر الشخص الذي أعطاك البطاقة.",
        "Kopya isteyebilir, düzeltebilir, itiraz edebilirsiniz: kartı size veren kişiye söyleyin.",
        "Pode pedir uma cópia, corrigir, opor-se: diga-o à pessoa que lhe deu o cartão.",
        "Puede pedir una copia, corregir u oponerse: dígaselo a la persona que le dio la tarjeta.",
    ),
    "valable": (
        "La carte sert jusqu'au", "The card works until", "البطاقة صالحة حتى", "Kartın son günü:",
        "O cartão serve até", "La tarjeta sirve hasta el",
    ),
    "fermer": (
        "Fermer : rien ne reste sur ce téléphone", "Close: nothing stays on this phone",
        "إغلاق: لا يبقى شيء على هذا الهاتف", "Kapat: bu telefonda hiçbir şey kalmaz",
        "Fechar: nada fica neste telefone", "Cerrar: nada queda en este teléfono",
    ),
    "langue": ("Langue", "Language", "اللغة", "Dil", "Idioma", "Idioma"),
    "maire": ("Le maire", "The mayor", "رئيس البلدية", "Belediye başkanı",
              "O presidente da câmara", "El alcalde"),
    "departement": ("Le département", "The department (county)", "المقاطعة", "İl yönetimi (département)",
                    "O departamento", "El departamento"),
}  # fmt: skip

_ORIENTED = (
    "Comment vous trouver et ce que vous demandez, pour vous présenter à une équipe",
    "How to find you and what you ask for, to introduce you to a team",
    "كيفية العثور عليك وما تطلبه، لتعريفك بفريق",
    "Size nasıl ulaşılacağı ve ne istediğiniz, sizi bir ekiple tanıştırmak için",
    "Como encontrá-lo e o que pede, para o apresentar a uma equipa",
    "Cómo encontrarle y qué pide, para presentarle a un equipo",
)
_FOLLOWED = (
    "Ce qui a suivi, en un mot, pour répondre à qui vous avait présenté",
    "What followed, in a word, to answer whoever introduced you",
    "ما تلا ذلك، بكلمة، للرد على من عرّف بك",
    "Sizi tanıştırana cevap vermek için, kısaca ne olduğu",
    "O que se seguiu, numa palavra, para responder a quem o apresentou",
    "Qué pasó después, en una palabra, para responder a quien le presentó",
)
_OTHER = (
    "Une information sur votre situation, pour vous aider à plusieurs",
    "Something about your situation, so that several people can help you",
    "معلومة عن وضعك، ليساعدك أكثر من شخص",
    "Birkaç kişinin size yardım edebilmesi için durumunuzla ilgili bir bilgi",
    "Uma informação sobre a sua situação, para várias pessoas o ajudarem",
    "Una información sobre su situación, para ayudarle entre varios",
)
# What was told, by category, with its reason.
_ABOUT: Mapping[str, tuple[str, str, str, str, str, str]] = {
    "orientation": _ORIENTED,
    "orientation_demande": _ORIENTED,
    "suite": _FOLLOWED,
    "orientation_suite": _FOLLOWED,
    "orientation_accuse": _FOLLOWED,
    "projet": (
        "Votre participation à un projet, pour le préparer",
        "That you take part in a project, to prepare it",
        "مشاركتك في مشروع، لتحضيره",
        "Bir projeye katılımınız, hazırlamak için",
        "A sua participação num projeto, para o preparar",
        "Su participación en un proyecto, para prepararlo",
    ),
    "coordination": (
        "Votre nom d'usage et votre âge, pour une personne désignée par le maire qui coordonne",
        "The name you use and your age, for a coordinator designated by the mayor",
        "اسمك المستعمل وعمرك، لمنسّق عيّنه رئيس البلدية",
        "Kullandığınız ad ve yaşınız, belediye başkanının atadığı koordinatör için",
        "O nome que usa e a sua idade, para um coordenador designado pelo presidente da câmara",
        "El nombre que usa y su edad, para un coordinador designado por el alcalde",
    ),
    "alinea_1": (
        "Que plusieurs professionnels sont nécessaires pour vous aider",
        "That several professionals are needed to help you",
        "أن عدة مهنيين ضروريون لمساعدتك",
        "Size yardım için birkaç uzmanın gerektiği",
        "Que são precisos vários profissionais para o ajudar",
        "Que hacen falta varios profesionales para ayudarle",
    ),
    "alinea_6": (
        "Ce qui lui est nécessaire pour décider, par exemple d'un logement",
        "What they need in order to decide, about housing for instance",
        "ما يحتاجه لاتخاذ قرار، بشأن سكن مثلًا",
        "Karar vermesi için gerekenler, örneğin konut",
        "O que lhe é necessário para decidir, por exemplo sobre habitação",
        "Lo que necesita para decidir, por ejemplo sobre una vivienda",
    ),
}


# How many times, then the day: once, and, after `{}`, more. Arabic has forms of its own (`_arabic`).
_TIMES: Mapping[str, tuple[str, str]] = {
    "fr": ("Une fois, le", "{} fois, la dernière le"),
    "en": ("Once, on", "{} times, the last on"),
    "tr": ("Bir kez:", "{} kez, en son:"),
    "pt": ("Uma vez, em", "{} vezes, a última em"),
    "es": ("Una vez, el", "{} veces, la última el"),
}


def times(langue: str, number: int) -> str:
    """Say how many times (one at least), up to the day that follows, in one of LANGUES."""
    if langue == "ar":
        return _arabic(number)
    once, more = _TIMES[langue]
    return once if number == 1 else more.format(number)


def _arabic(number: int) -> str:
    """Say it in Arabic: one and two are words; three to ten take a plural, eleven and more a singular."""
    if number == 1:
        return "مرة واحدة، في"
    if number == 2:
        return "مرتان، آخرهما في"
    noun = "مرات" if 3 <= number % 100 <= 10 else "مرة"
    return f"{number} {noun}، آخرها في"


def texts(langue: str) -> dict[str, str]:
    """Return every fixed text in one of LANGUES."""
    place = ORDER.index(langue)
    return {key: said[place] for key, said in _TEXTS.items()}


def about(langue: str, quoi: str) -> str:
    """Say a category and its reason in one of LANGUES."""
    return _ABOUT.get(quoi, _OTHER)[ORDER.index(langue)]
