package dev.jzoo.examples.moons;

import java.util.Random;

/** Points of two interlocking crescents: the data of this application. */
final class MoonPoints {

    private final float[][] points;
    private final int[] moons;

    private MoonPoints(float[][] points, int[] moons) {
        this.points = points;
        this.moons = moons;
    }

    /** Draws points with some noise, half of them from each moon. The same seed gives the same points. */
    static MoonPoints draw(int count, long seed) {
        Random random = new Random(seed);
        float[][] points = new float[count][];
        int[] moons = new int[count];
        for (int i = 0; i < count; i++) {
            moons[i] = i % 2;
            double angle = Math.PI * random.nextDouble();
            double x = moons[i] == 0 ? Math.cos(angle) : 1 - Math.cos(angle);
            double y = moons[i] == 0 ? Math.sin(angle) : 0.5 - Math.sin(angle);
            points[i] =
                    new float[] {(float) (x + 0.1 * random.nextGaussian()), (float) (y + 0.1 * random.nextGaussian())};
        }
        return new MoonPoints(points, moons);
    }

    /** Returns x and y of each point, [point, 2], without a copy. */
    float[][] points() {
        return points;
    }

    /** Returns the moon of each point, 0 or 1, without a copy. */
    int[] moons() {
        return moons;
    }

    /** Returns x and y of all points, one after another. */
    float[] flat() {
        float[] values = new float[2 * points.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = points[i / 2][i % 2];
        }
        return values;
    }
}
