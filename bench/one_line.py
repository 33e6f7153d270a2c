"""The yardstick of `chart`: Matplotlib as anyone would use it, one line, one SVG.

python -m bench.one_line FILE
"""

import sys

import matplotlib.pyplot as plt


def main() -> None:
    """Draw the starts of four years."""
    figure, axes = plt.subplots()
    axes.plot(["2021/22", "2022/23", "2023/24", "2024/25"], [31677, 38906, 43840, 29818])
    axes.set_title("Starts")
    figure.savefig(sys.argv[1])


if __name__ == "__main__":
    main()
