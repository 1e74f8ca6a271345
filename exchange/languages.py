"""Languages as files name them, turned into BCP 47 codes of two letters.

Files name a language by ISO 639-3 (`eng`), ISO 639-2 (`ger`), ISO 639-1 (`en`), a locale
(`de-formal`), an English name (`English`) or several at once (`de, en`).
"""

import re
from dataclasses import dataclass

# ISO 639-1 and the ISO 639-2 and 639-3 codes of the same language.
_CODES = """
aa aar|ab abk|ae ave|af afr|ak aka|am amh|an arg|ar ara|as asm|av ava|ay aym|az aze|ba bak|be bel
bg bul|bi bis|bm bam|bn ben|bo bod tib|br bre|bs bos|ca cat|ce che|ch cha|co cos|cr cre|cs ces cze
cu chu|cv chv|cy cym wel|da dan|de deu ger|dv div|dz dzo|ee ewe|el ell gre|en eng|eo epo|es spa
et est|eu eus baq|fa fas per|ff ful|fi fin|fj fij|fo fao|fr fra fre|fy fry|ga gle|gd gla|gl glg
gn grn|gu guj|gv glv|ha hau|he heb|hi hin|ho hmo|hr hrv|ht hat|hu hun|hy hye arm|hz her|ia ina
id ind|ie ile|ig ibo|ii iii|ik ipk|io ido|is isl ice|it ita|iu iku|ja jpn|jv jav|ka kat geo|kg kon
ki kik|kj kua|kk kaz|kl kal|km khm|kn kan|ko kor|kr kau|ks kas|ku kur|kv kom|kw cor|ky kir|la lat
lb ltz|lg lug|li lim|ln lin|lo lao|lt lit|lu lub|lv lav|mg mlg|mh mah|mi mri mao|mk mkd mac|ml mal
mn mon|mr mar|ms msa may|mt mlt|my mya bur|na nau|nb nob|nd nde|ne nep|ng ndo|nl nld dut|nn nno
no nor|nr nbl|nv nav|ny nya|oc oci|oj oji|om orm|or ori|os oss|pa pan|pi pli|pl pol|ps pus|pt por
qu que|rm roh|rn run|ro ron rum|ru rus|rw kin|sa san|sc srd|sd snd|se sme|sg sag|si sin|sk slk slo
sl slv|sm smo|sn sna|so som|sq sqi alb|sr srp|ss ssw|st sot|su sun|sv swe|sw swa|ta tam|te tel
tg tgk|th tha|ti tir|tk tuk|tl tgl fil|tn tsn|to ton|tr tur|ts tso|tt tat|tw twi|ty tah|ug uig
uk ukr|ur urd|uz uzb|ve ven|vi vie|vo vol|wa wln|wo wol|xh xho|yi yid|yo yor|za zha|zh zho chi cmn
zu zul
"""
_NAMES = """
ar arabic|bg bulgarian|ca catalan|cs czech|da danish|de german deutsch|el greek|en english
es spanish español castellano|et estonian|eu basque euskara|fa persian farsi|fi finnish
fr french français|gl galician galego|he hebrew|hi hindi|hr croatian|hu hungarian|id indonesian
it italian italiano|ja japanese|ko korean|lt lithuanian|lv latvian|nb norwegian|nl dutch
pl polish polski|pt portuguese português|ro romanian|ru russian|sk slovak|sl slovenian|sr serbian
sv swedish|ta tamil|th thai|tr turkish|uk ukrainian|vi vietnamese|zh chinese mandarin
"""
_TWO_LETTERS = {
    word: entry.split()[0]
    for table in (_CODES, _NAMES)
    for entry in table.replace("\n", "|").split("|")
    for word in entry.split()
}
_SEVERAL = re.compile(r"\s*[,;/]\s*")
_LOCALE = re.compile(r"[-_]")


@dataclass(frozen=True)
class Language:
    """What a file's word for a language means: a code or '', and whether it named several."""

    code: str
    is_one_of_several: bool = False


def language_of(text: str) -> Language:
    """Return the language a file names; of several the first that is known. '' if none is."""
    words = [word for word in _SEVERAL.split(text.strip().casefold()) if word]
    known = [code for word in words if (code := _code(word))]
    return Language(known[0] if known else "", is_one_of_several=len(words) > 1)


def _code(word: str) -> str:
    return _TWO_LETTERS.get(word) or _TWO_LETTERS.get(_LOCALE.split(word)[0], "")
