package dev.jzoo.datasets.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class SignalTransformsTest {

    @Test
    void placesBetweenValuesLieOnStraightLines() {
        assertArrayEquals(new double[] {0, 1, 2, 1, 0}, SignalTransforms.interpolate(new double[] {0, 2, 0}, 5), 1e-15);
        assertArrayEquals(new double[] {1, 2.5, 4}, SignalTransforms.interpolate(new double[] {1, 2, 3, 4}, 3), 1e-15);
    }

    @Test
    void whatLeavesAtTheEndComesInAtTheBeginning() {
        assertArrayEquals(new double[] {3, 1, 2}, SignalTransforms.rotate(new double[] {1, 2, 3}, 1));
        assertArrayEquals(new double[] {1, 2, 3}, SignalTransforms.rotate(new double[] {1, 2, 3}, 0));
    }

    /** The expected numbers come from scipy.ndimage.gaussian_filter(x, 2), which mirrors at the ends by default. */
    @Test
    void smoothingIsThatOfSciPy() {
        assertArrayEquals(
                new double[] {
                    0.3755104067495354,
                    0.2970232486501394,
                    0.18574742637007646,
                    0.09188972715117155,
                    0.036766792950243564,
                    0.016284891921589113,
                    0.02461284726386819,
                    0.07202378997024886,
                    0.1835787054336252,
                    0.3714948527401529,
                    0.5940464973002788,
                    0.7510208134990708
                },
                SignalTransforms.smooth(new double[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}, 2),
                1e-15);
    }

    @Test
    void momentsAreThoseOfThePopulation() {
        assertArrayEquals(
                new double[] {2.5, Math.sqrt(1.25)}, SignalTransforms.moments(new double[] {1, 2, 3, 4}), 1e-15);
    }
}
