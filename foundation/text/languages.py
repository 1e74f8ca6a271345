"""Languages as BCP 47 tags such as en and pt-BR: parsing, names, model field.

Columns hold tags in their usual case (`pt-BR`, `zh-Hant`); '' is an unknown language. People and
files name languages by ISO 639-1, 639-2 and 639-3, by locales (`pt_BR`) and by their English and
own names too, some of them several at once (`de, en`). The names of languages come from Django.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.db.models import CharField, CheckConstraint, Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

TAG_MAX_LENGTH = 35
# Language, script, region, variants, extensions, and what is private.
_TAG = (
    r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(-[a-wy-z0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?"
)
_SEVERAL = re.compile(r"\s*[,;/]\s*")
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
_LOCALE = re.compile(r"[-_]")
_CHINESE = "zh"


def language_tag(text: str) -> str:
    """Return the tag of the language that a text names; '' if it names none.

    'EN_us' gives 'en-US', 'eng', 'English' and 'english' give 'en'.
    """
    words = _LOCALE.split(text.strip())
    primary = _primary(words[0])
    tag = "-".join([primary, *_subtags(words[1:])])
    is_one = primary and len(tag) <= TAG_MAX_LENGTH and re.fullmatch(_TAG, tag)
    return tag if is_one else _by_name().get(text.strip().casefold(), "")


def language_of_two_letters(word: str) -> str:
    """Return the two-letter code of the language that a word or locale names; '' if it has none."""
    lowered = word.casefold()
    return _TWO_LETTERS.get(lowered) or _TWO_LETTERS.get(_LOCALE.split(lowered)[0], "")


def language_name(tag: str) -> str:
    """Return the name of a language in the reader's language; the tag where it is unknown."""
    whole, primary = tag.lower(), tag.lower().partition("-")[0]
    for known in (whole, primary):
        if known in LANG_INFO and "name" in LANG_INFO[known]:
            return str(get_language_info(known)["name_translated"])
    return gettext("Chinese") if primary == _CHINESE else tag  # Django knows its scripts alone


def languages() -> list[tuple[str, str]]:
    """Return the languages with a known name as pairs of tag and name, sorted by name."""
    tags = {language_tag(code) for code in LANG_INFO if "name" in LANG_INFO[code]} | {_CHINESE}
    return sorted(((tag, language_name(tag)) for tag in tags if tag), key=lambda pair: pair[1])


def validate_language(text: str) -> None:
    """Raise ValidationError unless the text names a language."""
    if text and not language_tag(text):
        raise ValidationError(
            _("“%(text)s” is no language: give a code such as en, de or pt-BR, or its name."),
            params={"text": text},
            code="invalid",
        )


class LanguageInput(forms.TextInput):
    """Text input with the known languages as suggestions; any other tag can be typed."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        choices = f"{(attrs or {}).get('id', name)}_languages"
        line = super().render(name, value, {**(attrs or {}), "list": choices}, renderer)
        options = format_html_join("", '<option value="{}">{}</option>', languages())
        return format_html('{}<datalist id="{}">{}</datalist>', line, choices, options)


class LanguageField(CharField):
    """A language tag. Other ways to name a language are converted to a tag on every write."""

    default_validators = [validate_language]

    def __init__(self, *args: Any, **kwargs: Any):
        defaults = {"max_length": TAG_MAX_LENGTH, "blank": True, "default": ""}
        super().__init__(*args, **{**defaults, **kwargs})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return (language_tag(text) or text) if isinstance(text, str) else text

    def get_prep_value(self, value: Any) -> Any:
        return self.to_python(super().get_prep_value(value))

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{**kwargs, "widget": LanguageInput})


def language_constraint(model: str) -> CheckConstraint:
    """Return the check constraint for a model's language; `model` is the prefix of its name."""
    return CheckConstraint(
        name=f"{model}_language_is_a_tag",
        condition=Q(language="") | Q(language__regex=f"^{_TAG}$"),
        violation_error_message=_("A language is a code such as en, de or pt-BR."),
    )


def _primary(word: str) -> str:
    """Return the tag of a language without subtags: two letters if it has such a code, else a known
    one.
    """
    lowered = word.lower()
    if lowered in _TWO_LETTERS and len(lowered) <= 3:
        return _TWO_LETTERS[lowered]
    return lowered if re.fullmatch("[a-z]{3}", lowered) else ""


def _subtags(words: list[str]) -> list[str]:
    """Return the subtags in their usual case: Hant, BR, others in lower case."""
    cased = [word.lower() for word in words]
    for place, word in enumerate(cased):
        if len(word) == 1:  # all after it is an extension's, or private
            break
        if word.isalpha() and len(word) in (2, 4):
            cased[place] = word.upper() if len(word) == 2 else word.title()
    return cased


@cache
def _by_name() -> dict[str, str]:
    """Return the tags by the languages' English and own names."""
    known = [(info, language_tag(code)) for code, info in LANG_INFO.items() if "name" in info]
    named = {info[name].casefold(): tag for info, tag in known for name in ("name", "name_local")}
    return {**named, **_TWO_LETTERS}


@dataclass(frozen=True)
class Language:
    """What a file's word for a language means: a code or '', and whether it named several."""

    code: str
    is_one_of_several: bool = False


def language_of(text: str) -> Language:
    """Return the language a file names; of several the first that is known. '' if none is."""
    words = [word for word in _SEVERAL.split(text.strip().casefold()) if word]
    known = [code for word in words if (code := language_of_two_letters(word))]
    return Language(known[0] if known else "", is_one_of_several=len(words) > 1)
