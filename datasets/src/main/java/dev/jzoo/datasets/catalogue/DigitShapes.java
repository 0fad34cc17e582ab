package dev.jzoo.datasets.catalogue;

import static dev.jzoo.datasets.catalogue.PenStroke.curve;
import static dev.jzoo.datasets.catalogue.PenStroke.line;
import static dev.jzoo.datasets.catalogue.PenStroke.loop;

import java.util.List;

/**
 * The shapes of the ten handwritten digits: for each digit one or more ways to write it, and for each way the strokes of the pen.
 * Coordinates are x, y pairs in a box of height 1, x to the right and y down.
 */
final class DigitShapes {

    private static final List<List<List<PenStroke>>> WAYS = List.of(
            List.of(List.of(loop(.36, 0, .12, .14, .03, .48, .11, .85, .34, 1, .58, .86, .68, .5, .6, .14))),
            List.of(List.of(line(.1, 0, .1, 1)), List.of(line(.02, .2, .2, 0, .2, 1))),
            List.of(
                    List.of(
                            curve(.06, .22, .2, .04, .44, 0, .62, .14, .6, .38, .36, .68, .02, .97),
                            line(.02, .97, .72, .96)),
                    List.of(curve(
                            .08, .2, .24, .03, .46, .02, .58, .2, .5, .5, .3, .8, .12, .96, .02, .86, .16, .76, .4, .88,
                            .74, .98))),
            List.of(List.of(
                    curve(.06, .1, .28, 0, .54, .06, .58, .26, .44, .42, .22, .47),
                    curve(.22, .47, .5, .5, .65, .68, .58, .9, .32, 1, .02, .92))),
            List.of(
                    List.of(curve(.08, .04, .05, .3, .08, .5, .3, .56, .64, .5), curve(.6, 0, .56, .4, .54, 1)),
                    List.of(line(.52, 0, .02, .62, .74, .6), line(.52, 0, .5, 1))),
            List.of(List.of(
                    line(.66, .02, .2, .04, .13, .44),
                    curve(.13, .44, .34, .38, .58, .5, .62, .76, .42, .98, .02, .94))),
            List.of(List.of(
                    curve(.5, 0, .26, .2, .08, .52, .06, .84, .26, 1, .5, .92, .58, .7, .42, .56, .2, .64, .08, .84))),
            List.of(
                    List.of(line(.02, .06, .64, .04), curve(.64, .04, .44, .46, .3, 1)),
                    List.of(line(.02, .06, .64, .04), curve(.64, .04, .44, .46, .3, 1), line(.2, .5, .62, .47))),
            List.of(List.of(loop(
                    .58, .14, .34, 0, .1, .14, .16, .36, .4, .54, .58, .76, .46, .97, .22, .97, .1, .78, .26, .54, .52,
                    .34))),
            List.of(List.of(
                    loop(.58, .24, .48, .04, .24, .02, .06, .2, .12, .44, .36, .48, .54, .36),
                    curve(.58, .22, .57, .5, .44, 1))));

    private DigitShapes() {}

    /** Returns the ways to write a digit, the most common one first. */
    static List<List<PenStroke>> of(int digit) {
        return WAYS.get(digit);
    }
}
