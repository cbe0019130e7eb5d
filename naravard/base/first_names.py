"""Swedish first names that are common enough to stand in a file's name. Source: SCB's statistics on names."""

from __future__ import annotations

_NAMES = """
    agneta alexander alice anders andreas anette anita anna annika anneli ann-christin ann-marie anne arne arvid astrid
    barbro bengt berit birgit birgitta bjarne björn bo britt britta camilla carina carl carolina cecilia charlotte
    christer christina christoffer claes dagny daniel david elin elisabeth ella elsa emelie emil emma erik erika eva
    fredrik gerd gerda greta gun gunilla gunnar gunnel gustaf gustav göran göte hans harriet helena helén henrik ida
    inga ingegerd inger ingrid ingvar irene isabella jakob jan jenny jens jessica joakim johan johanna johannes jonas
    jörgen karin karl katarina kerstin kjell klara krister kristina lars laila leif lena lennart linda linnéa lisa
    louise magdalena magnus maj margareta maria marianne marie martin mats matilda mattias maud michael mikael mona
    monica monika niklas nils ola olle olof oskar patrik per peter pia pontus ragnar rebecka robert roger roland rolf
    rune ruth sanna sara simon siv sofia sofie solveig stefan sten stig sture susanne sven svea thomas tobias tomas
    tommy torbjörn tore torsten tove ulf ulla ulrika urban vera viktor viktoria vivianne wilma yvonne åke åsa
    mohamed mohammed ahmed ali fatima hassan hussein
"""
FIRST_NAMES = frozenset(_NAMES.split()) - {"per", "maj", "ola", "bo"}
"""Without those that are Swedish words as well (per, maj) or parts of places."""
