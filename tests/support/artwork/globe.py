"""A globe: coastlines by hand, coarse enough for a picture of three hundred points, and their projection.

The coordinates are degrees of longitude and latitude, put down for this project; they are no map data.
"""

from __future__ import annotations

import math

from .pen import Point, curve, number

LAND: tuple[tuple[Point, ...], ...] = (
    # Africa
    (
        (-17, 15), (-16, 21), (-13, 28), (-6, 35.5), (10, 37), (11, 33.5), (20, 31), (30, 31.3), (34, 28), (37, 21),
        (43, 12), (51, 12), (47, 3), (40, -5), (40.5, -15), (35, -20), (35, -24), (32, -29), (26, -34), (18.5, -34),
        (15, -27), (12, -18), (13.5, -8), (9, -1), (9.5, 4), (4, 6), (-4, 5), (-8, 4.5), (-13, 8.5),
    ),
    # Europe and Asia
    (
        (-9, 37), (-9, 43), (-2, 43.5), (-1, 46), (-4.6, 48.4), (1.5, 50), (4, 52.3), (8, 54), (8.2, 57),
        (10.5, 57.6), (10.5, 54.5), (14, 54), (19, 54.5), (21, 57), (24, 59), (29, 60), (22, 60), (21.5, 63),
        (25, 65.5), (22, 66), (17.5, 61), (18.5, 59.5), (16.5, 57), (14, 55.4), (11.3, 59), (8, 58), (5, 59.5),
        (5, 62), (13, 66), (18, 69.5), (26, 71), (31, 70), (41, 67), (34, 64.5), (40, 64.5), (44, 68), (60, 69),
        (70, 73), (80, 73), (100, 77), (113, 74), (130, 72), (160, 70), (178, 69), (178, 65), (163, 60), (157, 52),
        (155, 58), (142, 59), (137, 54), (141, 48), (132, 43), (128, 38), (126, 35), (125, 39), (121, 39), (118, 38),
        (122, 37), (120, 33), (122, 30), (117, 23), (109, 21), (106, 18), (109, 12), (105, 9), (101, 13), (103, 2),
        (100, 6), (98, 15), (94, 17), (90, 22), (86, 20), (80, 15), (80, 11), (77, 8), (73, 18), (72, 21), (67, 25),
        (57, 26), (51, 29), (48, 30), (51, 25), (56, 26), (59, 22), (53, 16), (44, 13), (39, 21), (35, 28),
        (34.5, 32), (36, 36.5), (30, 36.5), (27, 38), (29, 41), (36, 41.5), (41, 42), (37, 46), (33, 46), (29.5, 45),
        (28, 42), (24, 40.5), (23, 36.8), (20, 40), (19, 42), (14, 45), (12.3, 45), (14, 42.5), (18, 40.2), (16, 38),
        (12, 42), (9, 44.3), (3.2, 43), (0, 40), (-2, 37), (-6, 36.2),
    ),
    # Great Britain, Ireland, Iceland, Greenland
    ((-5.5, 50), (1.4, 51.2), (0.4, 53), (-2, 56), (-3, 58.6), (-6, 57.5), (-3.2, 54.4), (-5, 52)),
    ((-10, 51.7), (-6.2, 52.2), (-5.8, 54.7), (-9.8, 54.2)),
    ((-24, 65.5), (-20, 66.2), (-14, 65.2), (-18, 63.4), (-22.6, 64)),
    ((-45, 60), (-52, 65), (-55, 70), (-68, 76), (-60, 82), (-30, 83), (-20, 75), (-25, 70), (-40, 65)),
    # North and South America
    (
        (-168, 66), (-156, 71), (-128, 70), (-110, 68), (-95, 68), (-93, 60), (-82, 55), (-79, 52), (-77, 60),
        (-65, 60), (-56, 52), (-65, 48), (-70, 43), (-75, 38), (-76, 35), (-81, 31), (-80, 25), (-83, 30), (-90, 29),
        (-97, 26), (-97, 20), (-91, 19), (-87, 21), (-88, 16), (-83, 15), (-83, 10), (-79, 9), (-85, 11), (-95, 16),
        (-105, 20), (-113, 29), (-117, 33), (-124, 40), (-124, 48), (-132, 55), (-150, 60), (-165, 55), (-160, 59),
    ),
    (
        (-79, 9), (-72, 12), (-62, 10), (-50, 0), (-35, -7), (-39, -15), (-48, -26), (-58, -36), (-65, -42),
        (-68, -52), (-74, -50), (-71, -30), (-70, -18), (-76, -14), (-81, -5), (-78, 2),
    ),
    # Australia, Madagascar, islands of the east
    (
        (114, -22), (122, -18), (130, -12), (136, -12), (141, -17), (142, -11), (146, -19), (153, -26), (150, -37),
        (144, -38), (138, -35), (131, -31), (118, -35), (115, -33),
    ),
    ((44, -25), (43.5, -17), (49.5, -13), (50, -16), (47, -25)),
    ((109, 1), (117, 7), (118, 1), (114, -4)),
    ((95, 5), (104, -2), (106, -6), (101, -3)),
    ((130, 32), (136, 34), (140, 36), (141, 41), (138, 37)),
)  # fmt: skip


def _turned(point: Point, centre: Point) -> tuple[float, float, float]:
    lon, lat = math.radians(point[0] - centre[0]), math.radians(point[1])
    tilt = math.radians(centre[1])
    x = math.cos(lat) * math.sin(lon)
    y = math.cos(tilt) * math.sin(lat) - math.sin(tilt) * math.cos(lat) * math.cos(lon)
    depth = math.sin(tilt) * math.sin(lat) + math.cos(tilt) * math.cos(lat) * math.cos(lon)
    return x, y, depth


def coasts(centre: Point, r: float) -> str:
    """Path data of the land on a globe of radius `r` around the origin, seen from above `centre`."""
    made = []
    for land in LAND:
        seen = [_turned(point, centre) for point in land]
        if max(depth for _, _, depth in seen) <= 0:
            continue
        points = []
        for x, y, depth in seen:
            reach = 1.0 if depth > 0 else 1.02 / max(math.hypot(x, y), 0.01)
            points.append((x * r * reach, -y * r * reach))
        made.append(curve(points, closed=True, tension=8))
    return "".join(made)


def graticule(centre: Point, r: float, step: int = 30) -> str:
    """Path data of meridians and parallels on the visible side."""
    lines = [[(float(lon), float(lat)) for lat in range(-80, 81, 8)] for lon in range(-180, 180, step)]
    lines += [[(float(lon), float(lat)) for lon in range(-180, 181, 8)] for lat in range(-60, 61, step)]
    made = []
    for points in lines:
        pen_down = False
        for point in points:
            x, y, depth = _turned(point, centre)
            if depth > 0:
                made.append(f"{'L' if pen_down else 'M'}{number(x * r)} {number(-y * r)}")
            pen_down = depth > 0
    return "".join(made)


def flat(width: float) -> str:
    """Path data of the land as a plain map, `width` across, its centre at the origin."""
    scale = width / 360
    return "".join(
        curve([(lon * scale, -lat * scale * 1.15) for lon, lat in land], closed=True, tension=8) for land in LAND
    )
