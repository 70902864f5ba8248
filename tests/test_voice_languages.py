"""In every language somebody in trouble is understood, and nobody else is taken for them.

What is said goes through the real conversation of a server in that language; see `tests/test_voice.py` for English.
"""

import pytest

from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.engine.events import Reason
from custom_components.backstride.output.phrases import load_phrases
from homeassistant.core import HomeAssistant
from homeassistant.helpers import intent

from .conversing import OVER_THE_WEB, async_converse, said
from .setup import ANNA, GYM, MINE, async_set_up

pytestmark = [pytest.mark.usefixtures("enable_custom_integrations"), OVER_THE_WEB]

EMERGENCIES = {
    "de": (
        "Notstopp!",
        "Not-Stopp, Not-Stopp",
        "Hilfe, Nothalt!",
        "Nothalt, sofort",
        "Drück den Not-Aus",
        "Ich brauche einen Notstopp",
        "Stopp das Laufband",
        "stopp stopp stopp das Band",
        "Halt das Band an",
        "Halte bitte sofort das Laufband an",
        "Laufband anhalten",
        "Das Laufband sofort stoppen!",
        "Kannst du das Laufband stoppen?",
        "Könntest du bitte das Band anhalten?",
        "Oh Gott, stopp das Laufband",
    ),
    "es": (
        "¡Parada de emergencia!",
        "Paro de emergencia",
        "Freno de emergencia ya",
        "Pulsa el botón de parada de emergencia",
        "Necesito una parada de emergencia",
        "Para la cinta",
        "Para, para la cinta",
        "¡Detén la caminadora ahora mismo!",
        "Socorro, para la cinta de correr",
        "¿Puedes parar la cinta?",
        "Hay que parar la cinta",
        "Haz que pare la cinta",
    ),
    "fr": (
        "Arrêt d'urgence !",
        "arrêt d’urgence",  # noqa: RUF001 - as speech-to-text writes it
        "Arrêt d'urgence du tapis",
        "Appuie sur le bouton d'arrêt d'urgence",
        "Déclenche l'arrêt d'urgence",
        "Arrête le tapis",
        "Arrête le tapis tout de suite !",
        "Stop, stop, arrêtez le tapis roulant",
        "Au secours, arrête le tapis de course",
        "Peux-tu arrêter le tapis ?",
        "Il faut arrêter le tapis",
        "Tapis stop",
    ),
    "it": (
        "Arresto di emergenza!",
        "Stop d'emergenza",
        "Freno di emergenza subito",
        "Premi il pulsante di arresto di emergenza",
        "Serve un arresto d'emergenza",
        "Ferma il tapis roulant",
        "Ferma, ferma il nastro",
        "Aiuto, blocca il tappeto",
        "Puoi fermare il tapis roulant?",
        "Devi fermare il nastro subito",
        "Fai fermare il nastro",
    ),
    "ja": (
        "緊急停止",
        "非常停止！",  # noqa: RUF001 - as it is written in Japanese
        "緊急停止して",
        "助けて、緊急停止",
        "助けて！緊急停止",  # noqa: RUF001 - as above
        "非常停止ボタンを押して",
        "ランニングマシンを止めて",
        "トレッドミルを止めてください。",
        "早くベルトを止めて",
        "今すぐランニングマシンを停止して",
        "ルームランナーを緊急停止",
        "ベルトを止めてくれる？",  # noqa: RUF001 - as above
        "止めて、ベルトを止めて",
    ),
    "nl": (
        "Noodstop!",
        "noodstop, noodstop",
        "Druk op de noodstop",
        "Ik heb een noodstop nodig",
        "Stop de loopband",
        "Stop, stop de band nu",
        "Help, stop de loopband",
        "Zet de loopband stil",
        "De loopband stoppen",
        "Kun je de loopband stoppen?",
        "Je moet de band meteen stilzetten",
    ),
    "pt-BR": (
        "Parada de emergência!",
        "Freio de emergência",
        "Aperte o botão de parada de emergência",
        "Preciso de uma parada de emergência",
        "Pare a esteira",
        "Para a esteira agora",
        "Pare, pare a esteira",
        "Socorro, pare a esteira",
        "Você pode parar a esteira?",
        "Preciso que você pare a esteira",
        "Faz a esteira parar",
    ),
    "zh-Hans": (
        "紧急停止",
        "急停！",  # noqa: RUF001 - as it is written in Chinese
        "紧急刹车",
        "救命，紧急停止",  # noqa: RUF001 - as above
        "按下急停按钮",
        "停下跑步机",
        "快停下跑步机",
        "马上停止跑步机",
        "救命！停下跑步机",  # noqa: RUF001 - as above
        "把跑步机停下来",
        "让这台跑步机停下来",
        "能不能停下跑步机？",  # noqa: RUF001 - as above
        "緊急停止",
        "停下跑步機",
    ),
}
STUMBLES = {
    "de": (
        "Ich bin gestürzt",
        "Ich bin gestolpert!",
        "Hilfe, ich bin hingefallen",
        "Ich bin vom Laufband gefallen",
        "Ich bin gerade ausgerutscht",
        "Ich wäre fast gestürzt",
        "Ich habe das Gleichgewicht verloren",
        "Ich bin gefallen und komme nicht mehr hoch",
        "Sie ist vom Laufband gestürzt",
        "Melde einen Sturz",
    ),
    "es": (
        "Me caí",
        "Me he caído",
        "Me tropecé",
        "Casi me caigo",
        "Me he resbalado en la cinta",
        "He perdido el equilibrio",
        "Me caí de la cinta y no me puedo levantar",
        "Alguien se cayó de la cinta",
        "Registra una caída",
    ),
    "fr": (
        "Je suis tombé",
        "Je suis tombée du tapis",
        "J'ai trébuché",
        "J'ai failli tomber",
        "J'ai perdu l'équilibre",
        "Je viens de chuter",
        "À l'aide, je suis tombée et je n'arrive pas à me relever",
        "Quelqu'un est tombé du tapis",
        "Signale une chute",
    ),
    "it": (
        "Sono caduto",
        "Sono caduta dal tapis roulant",
        "Sono inciampata",
        "Ho inciampato",
        "Ho perso l'equilibrio",
        "Stavo per cadere",
        "Sto cadendo",
        "Aiuto, sono scivolato e non riesco ad alzarmi",
        "Qualcuno è caduto dal tapis roulant",
        "Registra una caduta",
    ),
    "ja": (
        "転びました",
        "転んだ",
        "助けて、転んだ",
        "つまずいた",
        "転びそうになった",
        "足を滑らせた",
        "バランスを崩した",
        "ランニングマシンで転びました",
        "ベルトから落ちた",
        "転倒を記録して",
    ),
    "nl": (
        "Ik ben gevallen",
        "Ik ben net gestruikeld",
        "Ik ben van de loopband gevallen",
        "Ik ben bijna gevallen",
        "Help, ik ben uitgegleden",
        "Ik verloor mijn evenwicht",
        "Ik ben gevallen en kan niet opstaan",
        "Iemand is van de loopband gevallen",
        "Meld een val",
    ),
    "pt-BR": (
        "Caí",
        "Eu caí",
        "Eu tropecei na esteira",
        "Quase caí",
        "Escorreguei",
        "Perdi o equilíbrio",
        "Levei um tombo",
        "Socorro, caí e não consigo levantar",
        "Alguém caiu da esteira",
        "Registre uma queda",
    ),
    "zh-Hans": (
        "我摔倒了",
        "我绊倒了",
        "我差点摔倒",
        "我刚才滑倒了",
        "救命，我摔倒了",  # noqa: RUF001 - as above
        "我从跑步机上摔下来了",
        "我失去平衡了",
        "有人在跑步机上摔倒了",
        "记录一次摔倒",
        "我絆倒了",
    ),
}
NEAR_MISSES = {
    "de": (
        "stopp",
        "stopp die Musik",
        "halt",
        "halt das Band",
        "stopp den Timer",
        "stopp das Laufband in zehn Minuten",
        "stopp das Laufband nicht",
        "schalte das Laufband aus",
        "ist das Laufband an",
        "wo ist der Notstopp",
        "Notausgang",
        "ruf den Notarzt",
        "ich bin über ein Rezept gestolpert",
        "ich bin eingeschlafen",
        "ich falle aus allen Wolken",
        "das Handy ist vom Laufband gefallen",
        "melde dich",
        "stop the treadmill",
    ),
    "es": (
        "para",
        "para la música",
        "para el temporizador",
        "no pares la cinta",
        "para la cinta en diez minutos",
        "apaga la cinta",
        "compra cinta adhesiva",
        "llama a emergencias",
        "dónde está la parada de emergencia",
        "me caí de sueño",
        "me cae bien",
        "la cinta se paró",
        "se cayó el vaso",
    ),
    "fr": (
        "stop",
        "arrête la musique",
        "arrête le minuteur",
        "n'arrête pas le tapis",
        "arrête le tapis dans dix minutes",
        "éteins le tapis",
        "aspire le tapis",
        "où est l'arrêt d'urgence",
        "appelle les urgences",
        "je suis tombé amoureux",
        "je suis tombée sur une recette",
        "je tombe de sommeil",
        "le tapis s'est arrêté",
    ),
    "it": (
        "stop",
        "ferma la musica",
        "ferma il timer",
        "non fermare il nastro",
        "ferma il nastro tra dieci minuti",
        "spegni il tapis roulant",
        "pulisci il tappeto",
        "dov'è l'arresto di emergenza",
        "chiama il numero di emergenza",
        "sono caduta dalle nuvole",
        "sono caduto nel sonno",
        "è caduta la linea",
        "il nastro si è fermato",
    ),
    "ja": (
        "止めて",
        "音楽を止めて",
        "タイマーを止めて",
        "ランニングマシンを止めないで",
        "10分後にランニングマシンを止めて",
        "ランニングマシンを消して",
        "ランニングマシンの電気を消して",
        "緊急停止ボタンはどこ",
        "緊急停止しないで",
        "ベルトを買い物リストに追加して",
        "だるまさんが転んだ",
        "スマホが落ちた",
        "電気をつけて",
    ),
    "nl": (
        "stop",
        "stop de muziek",
        "stop de timer",
        "stop de loopband niet",
        "stop de loopband over tien minuten",
        "zet de loopband uit",
        "zet de band op",
        "waar is de noodstop",
        "bel het noodnummer",
        "ik val in slaap",
        "ik ben in slaap gevallen",
        "ik ben afgevallen",
        "de telefoon is van de loopband gevallen",
    ),
    "pt-BR": (
        "pare",
        "pare a música",
        "pare o timer",
        "não pare a esteira",
        "pare a esteira em dez minutos",
        "desligue a esteira",
        "onde fica a parada de emergência",
        "ligue para a emergência",
        "caí no sono",
        "a ligação caiu",
        "ele caiu",
        "a esteira parou",
        "tropecei numa receita",
    ),
    "zh-Hans": (
        "停",
        "停下",
        "停止音乐",
        "停止计时器",
        "不要停下跑步机",
        "十分钟后停下跑步机",
        "关闭跑步机",
        "打开跑步机",
        "跑步机停了吗",
        "急停按钮在哪",
        "打急救电话",
        "我睡着了",
        "我摔坏了手机",
        "手机从跑步机上掉下来了",
        "她摔倒了",
    ),
}
LANGUAGES = tuple(EMERGENCIES)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Give a language."""
    tag: str = request.param
    return tag


@pytest.fixture
async def coordinator(hass: HomeAssistant, language: str) -> Coordinator:
    """Have a Backstride and a conversation in a house of that language."""
    await hass.config.async_update(language=language)
    assert await async_converse(hass)
    return await async_set_up(hass)


def walk(coordinator: Coordinator) -> None:
    """Begin a session."""
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])


async def test_every_cry_is_understood_and_answered_in_its_language(
    hass: HomeAssistant, coordinator: Coordinator, language: str
) -> None:
    answers = load_phrases(language)["answers"]
    expected = dict.fromkeys(EMERGENCIES[language], Reason.EMERGENCY)
    expected |= dict.fromkeys(STUMBLES[language], Reason.STUMBLE)
    ended = {}
    for sentence in expected:
        walk(coordinator)
        answer = await said(hass, sentence)
        session = coordinator.session(GYM)
        assert session is not None
        ended[sentence] = session.reason
        if session.reason is None:
            coordinator.coach(GYM).async_emergency_stop()
        else:
            assert answer == f"{answers['session']} {answers['press_stop']}", sentence
    assert ended == expected


async def test_nothing_else_is_taken_for_a_cry(
    hass: HomeAssistant, coordinator: Coordinator, language: str
) -> None:
    answers = set(load_phrases(language)["answers"].values())
    taken = []
    for sentence in NEAR_MISSES[language]:
        if not coordinator.is_on(GYM):
            # A bare "stop" ends a session as well, in peace.
            walk(coordinator)
            await hass.async_block_till_done(wait_background_tasks=True)
        words = await said(hass, sentence)
        if any(one in words for one in answers):
            taken.append(sentence)
    assert taken == []


# A language that somebody changes


async def test_after_a_change_the_new_language_is_heard_and_the_old_one_is_not(hass: HomeAssistant) -> None:
    await hass.config.async_update(language="fr")
    assert await async_converse(hass)
    coordinator = await async_set_up(hass)
    await hass.config.async_update(language="de")
    await hass.async_block_till_done(wait_background_tasks=True)
    walk(coordinator)
    await said(hass, "arrêt d'urgence")
    assert coordinator.is_on(GYM)
    assert await said(hass, "Notstopp") == "Training beendet. Drück den roten Stoppknopf."
    assert not coordinator.is_on(GYM)


async def test_languages_may_be_chosen_and_english_is_always_heard(hass: HomeAssistant) -> None:
    assert await async_converse(hass)
    coordinator = await async_set_up(hass)
    hass.config_entries.async_update_entry(coordinator.entry, options={"languages": ["de", "nl"]})
    await hass.async_block_till_done(wait_background_tasks=True)
    for sentence, answer in {
        "Notstopp": "Training beendet. Drück den roten Stoppknopf.",
        "noodstop": "Training gestopt. Druk op de rode knop.",
        "emergency stop": "Session stopped. Press the red stop.",
    }.items():
        walk(coordinator)
        assert await said(hass, sentence) == answer
    walk(coordinator)
    await said(hass, "arrêt d'urgence")
    assert coordinator.is_on(GYM)


async def test_a_sentence_that_two_languages_have_is_answered_once(hass: HomeAssistant) -> None:
    assert await async_converse(hass)
    coordinator = await async_set_up(hass)
    hass.config_entries.async_update_entry(coordinator.entry, options={"languages": ["es"]})
    walk(coordinator)
    await hass.async_block_till_done(wait_background_tasks=True)
    answer = await said(hass, "stop", language="es")
    assert not coordinator.is_on(GYM)
    assert answer in {"You did 0 seconds backward.", "Has hecho 0 segundos hacia atrás."}


async def test_a_change_of_anything_else_is_none_of_the_sentences(hass: HomeAssistant) -> None:
    assert await async_converse(hass)
    coordinator = await async_set_up(hass)
    await hass.config.async_update(language="en-GB", elevation=10)
    await hass.async_block_till_done()
    walk(coordinator)
    assert await said(hass, "emergency stop") == "Session stopped. Press the red stop."


@pytest.mark.parametrize(
    ("spoken", "answer"),
    [
        ("de", "Training beendet. Drück den roten Stoppknopf."),
        ("pl", "Session stopped. Press the red stop."),
        ("*", "Session stopped. Press the red stop."),
    ],
)
async def test_the_answer_is_in_the_language_of_the_conversation(
    hass: HomeAssistant, spoken: str, answer: str
) -> None:
    """The voice that speaks is the one of that language; here nobody heard words of another one."""
    assert await async_converse(hass)
    coordinator = await async_set_up(hass)
    walk(coordinator)
    response = await intent.async_handle(hass, "test", "BackstrideEmergencyStop", language=spoken)
    assert response.speech["plain"]["speech"] == answer


async def test_what_is_heard_in_one_language_is_answered_in_it(hass: HomeAssistant) -> None:
    await hass.config.async_update(language="de")
    assert await async_converse(hass)
    coordinator = await async_set_up(hass)
    walk(coordinator)
    assert await said(hass, "emergency stop", language="de") == "Session stopped. Press the red stop."
