"""First-level regions of GeoNames (admin1 codes) as ISO 3166-2 codes, where the two lists name the same regions.

Written from the two public lists: GeoNames' `admin1CodesASCII.txt` and ISO 3166-2. A country that is missing here has
no regions in the table of cities: no region is better than a wrong one. In `SAME` countries the codes are alike.
"""

from __future__ import annotations

SAME = frozenset({"US", "CH", "GB", "BE", "IE"})

_PAIRS = {
    "DE": "01=BW 02=BY 03=HB 04=HH 05=HE 06=NI 07=NW 08=RP 09=SL 10=SH 11=BB 12=MV 13=SN 14=ST 15=TH 16=BE",
    "AT": "01=1 02=2 03=3 04=4 05=5 06=6 07=7 08=8 09=9",
    "FR": "11=IDF 24=CVL 27=BFC 28=NOR 32=HDF 44=GES 52=PDL 53=BRE 75=NAQ 76=OCC 84=ARA 93=PAC 94=20R",
    "IT": "01=65 02=77 03=78 04=72 05=45 06=36 07=62 08=42 09=25 10=57 11=67 12=21 13=75 14=88 15=82 16=52 17=32 18=55 "
    "19=23 20=34",
    "ES": "07=IB 27=RI 29=MD 31=MC 32=NC 34=AS 39=CB 51=AN 52=AR 53=CN 54=CM 55=CL 56=CT 57=EX 58=GA 59=PV 60=VC CE=CE "
    "ML=ML",
    "NL": "01=DR 02=FR 03=GE 04=GR 05=LI 06=NB 07=NH 09=UT 10=ZE 11=ZH 15=OV 16=FL",
    "PL": "72=02 73=04 74=10 75=06 76=08 77=12 78=14 79=16 80=18 81=20 82=22 83=24 84=26 85=28 86=30 87=32",
    "CZ": "52=10 78=64 79=31 80=63 81=41 82=52 83=51 84=71 85=80 86=53 87=32 88=20 89=42 90=72",
    "DK": "17=84 18=82 19=81 20=85 21=83",
    "SE": "02=K 03=X 05=I 06=N 07=Z 08=F 09=H 10=W 12=G 14=BD 15=T 16=E 18=D 21=C 22=S 23=AC 24=Y 25=U 26=AB 27=M 28=O",
    "CA": "01=AB 02=BC 03=MB 04=NB 05=NL 07=NS 08=ON 09=PE 10=QC 11=SK 12=YT 13=NT 14=NU",
    "AU": "01=ACT 02=NSW 03=NT 04=QLD 05=SA 06=TAS 07=VIC 08=WA",
}
_TABLE = {country: dict(pair.split("=") for pair in pairs.split()) for country, pairs in _PAIRS.items()}


def iso_region(country: str, admin1: str) -> str:
    """`DE-BY` for (`DE`, `02`); empty where the two lists cannot be matched with certainty."""
    code = admin1 if country in SAME and admin1.isalpha() else _TABLE.get(country, {}).get(admin1, "")
    return f"{country}-{code}" if code else ""
