"""Ten invented reports with what pages put under them: (body, tail)."""

from __future__ import annotations

_LEADS = (
    "Four people were killed when shells fell on the fish market of Sella on Monday morning.",
    "A drone struck a lorry on the road to Tavir, killing its driver, the rescue service said.",
    "The Veria Monitor counted nineteen dead after two days of fighting around Dovrin.",
    "Residents of Lower Iskan buried three farmers who had stepped on a mine in their orchard.",
    "The governor visited the hospital in Ardesh, where thirty wounded were being treated.",
)
_REST = (
    "The market had been full since dawn because the ferries had brought the first oranges.",
    "“We share what we have,” said a baker who had opened his house to eleven neighbours.",
    "Officials did not say who had fired; both sides have guns on the hills above the town.",
    "Last month a similar attack on the same road wounded seven people, two of them children.",
    "The council will meet on Thursday to decide about the roof of the school.",
)
_TAILS = (
    "Tags\nSella, Nahr Province, shelling, ferry\nWorld in Real Time",
    "Connect with the Voice of the Coast! Subscribe to our channel on Youtube and switch on "
    "notifications, or follow us on social networks: Facebook, Twitter and Instagram.\n"
    "Source link\nWritten by Editor CH\nOrange prices bring hope to the growers\nThe mayor and two "
    "guests listen to the band of the fire brigade on the old square.\nBand plays on old square",
    "This story has been updated with additional reporting.",
    "Continue Reading\nTrending\nCopyright © All rights reserved. This website offers general news "
    "for informational purposes only. While we strive for accuracy, we do not guarantee the "
    "completeness of the information provided. The content should not be considered professional "
    "advice of any kind. Readers are encouraged to verify facts.",
    "Share this article\nFacebook\nTwitter\nWhatsApp\nCopy link",
    "Read more: Harbour fees to rise again in spring\nSee also: What the flood left behind",
    "Sign up for our daily newsletter and get the news in your inbox.\nLeave a comment\n"
    "Your e-mail address will not be shown.",
    "© 2026 Coast Herald. All rights reserved. This material may not be published, broadcast, "
    "rewritten or redistributed without permission.",
    "You may also like\nFerry late for the ninth time this year\nTen recipes with oranges\n"
    "Why the mill stands still",
    "تابعونا على فيسبوك وتويتر\nاقرأ أيضا: أسعار البرتقال\nجميع الحقوق محفوظة",
)

PAGES: tuple[tuple[str, str], ...] = tuple(
    (
        "\n".join((_LEADS[number % len(_LEADS)], *_REST[number % 2 :], *_REST)),
        tail,
    )
    for number, tail in enumerate(_TAILS)
)
