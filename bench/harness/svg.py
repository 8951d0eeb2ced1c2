"""Line plots over a logarithmic x axis, as SVG."""
import html
import math

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 48, 48  # margins
COLOURS = ["#1b6ca8", "#d1495b", "#3a7d44", "#8f5ea2"]


def decades(low, high):
    """Powers of ten, two at least, from at most `low` to at least `high`."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    return [10.0**e for e in range(first, max(last, first + 1) + 1)]


class Plot:
    """`log_y`, or a linear y axis from 0 to at least `top`."""

    def __init__(self, title, x_label, y_label, log_y=False, top=0):
        self.title, self.x_label, self.y_label = title, x_label, y_label
        self.log_y, self.top = log_y, top
        self.series, self.lines = [], []

    def add(self, label, points):
        """`points`: (x, y, lowest y, highest y), by x; x > 0."""
        self.series.append((label, points))

    def line(self, y):
        """A thin line at this y."""
        self.lines.append(y)

    def svg(self, subtitle):
        all_points = [p for _, points in self.series for p in points]
        if not all_points:
            raise ValueError("nothing to draw: " + self.title)
        self.x_ticks = decades(
            min(p[0] for p in all_points), max(p[0] for p in all_points)
        )
        lowest, highest = min(p[2] for p in all_points), max(p[3] for p in all_points)
        if self.log_y:
            self.y_ticks = decades(lowest, highest)
        else:
            self.y_ticks = [i * max(highest, self.top) / 4 for i in range(5)]
        body = self.axes()
        body += [self.rule(y, "#999", "4 3") for y in self.lines]
        for number, (label, points) in enumerate(self.series):
            body += self.curve(number, label, points)
        body.append(text(LEFT, 18, self.title, size=14))
        body.append(text(LEFT, 34, subtitle, colour="#666"))
        head = (
            '<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" '
            'viewBox="0 0 %d %d" font-family="sans-serif">'
            % (WIDTH, HEIGHT, WIDTH, HEIGHT)
        )
        ground = '<rect width="100%" height="100%" fill="white"/>'
        return "\n".join([head, ground, *body, "</svg>"]) + "\n"

    def x(self, value):
        low, high = self.x_ticks[0], self.x_ticks[-1]
        share = math.log(value / low) / math.log(high / low)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, value):
        low, high = self.y_ticks[0], self.y_ticks[-1]
        if self.log_y:
            share = math.log(value / low) / math.log(high / low)
        else:
            share = (value - low) / (high - low)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    def rule(self, y, colour, dashes=""):
        at = self.y(y)
        return (
            '<line x1="%d" y1="%.1f" x2="%d" y2="%.1f" stroke="%s" '
            'stroke-dasharray="%s"/>' % (LEFT, at, WIDTH - RIGHT, at, colour, dashes)
        )

    def axes(self):
        parts = []
        for tick in self.y_ticks:
            parts.append(self.rule(tick, "#ddd"))
            parts.append(text(LEFT - 6, self.y(tick) + 4, "%g" % tick, anchor="end"))
        for tick in self.x_ticks:
            at, base = self.x(tick), HEIGHT - BOTTOM
            parts.append(
                '<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#ddd"/>'
                % (at, TOP, at, base)
            )
            parts.append(text(at, base + 16, "%g" % tick, anchor="middle"))
        middle = (LEFT + WIDTH - RIGHT) / 2
        parts.append(text(middle, HEIGHT - 12, self.x_label, anchor="middle"))
        parts.append(
            '<g transform="translate(14 %d) rotate(-90)">%s</g>'
            % ((TOP + HEIGHT - BOTTOM) / 2, text(0, 0, self.y_label, anchor="middle"))
        )
        return parts

    def curve(self, number, label, points):
        colour = COLOURS[number % len(COLOURS)]
        path = " ".join("%.1f,%.1f" % (self.x(p[0]), self.y(p[1])) for p in points)
        parts = [
            '<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>'
            % (path, colour)
        ]
        for x, y, low, high in points:
            parts.append(
                '<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="%s"/>'
                % (self.x(x), self.y(low), self.x(x), self.y(high), colour)
            )
            parts.append(
                '<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>'
                % (self.x(x), self.y(y), colour)
            )
        above = TOP + 16 + 16 * number
        parts.append(text(LEFT + 12, above, label, colour=colour))
        return parts


def text(x, y, words, anchor="start", colour="#222", size=11):
    return (
        '<text x="%.1f" y="%.1f" text-anchor="%s" fill="%s" font-size="%d">%s</text>'
        % (x, y, anchor, colour, size, html.escape(words))
    )
