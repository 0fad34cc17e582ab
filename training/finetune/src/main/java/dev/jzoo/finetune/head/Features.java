package dev.jzoo.finetune.head;

/**
 * A table of features, [rows, dimension], that does not have to be in memory: rows are copied out one at a time. Safe
 * for use by several threads.
 */
public interface Features {

    /** Returns the number of rows. */
    int rows();

    /** Returns the number of features in a row. */
    int dimension();

    /** Copies a row to the beginning of an array. */
    void read(int row, float[] target);

    /** Returns whether every feature of every row is a finite number. */
    default boolean isFinite() {
        float[] row = new float[dimension()];
        for (int i = 0; i < rows(); i++) {
            read(i, row);
            for (float value : row) {
                if (!Float.isFinite(value)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns some of the rows, in the given order. */
    default Features select(int[] which) {
        Features all = this;
        return new Features() {
            @Override
            public int rows() {
                return which.length;
            }

            @Override
            public int dimension() {
                return all.dimension();
            }

            @Override
            public void read(int row, float[] target) {
                all.read(which[row], target);
            }
        };
    }

    /** Returns the first features of each row. */
    default Features first(int count) {
        Features all = this;
        if (count == dimension()) {
            return this;
        }
        return new Features() {
            @Override
            public int rows() {
                return all.rows();
            }

            @Override
            public int dimension() {
                return count;
            }

            @Override
            public void read(int row, float[] target) {
                float[] whole = new float[all.dimension()];
                all.read(row, whole);
                System.arraycopy(whole, 0, target, 0, count);
            }
        };
    }

    /** Wraps features in memory, [rows][dimension], without copying the arrays. */
    static Features of(float[][] values) {
        return new Features() {
            @Override
            public int rows() {
                return values.length;
            }

            @Override
            public int dimension() {
                return values.length == 0 ? 0 : values[0].length;
            }

            @Override
            public void read(int row, float[] target) {
                System.arraycopy(values[row], 0, target, 0, values[row].length);
            }
        };
    }
}
