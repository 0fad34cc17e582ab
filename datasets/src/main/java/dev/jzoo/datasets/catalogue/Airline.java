package dev.jzoo.datasets.catalogue;

import dev.jzoo.datasets.DataSet;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.datasets.Series;
import dev.jzoo.zoo.file.Sha256;
import java.time.YearMonth;
import java.util.List;

/**
 * Monthly totals of international airline passengers, January 1949 to December 1960, in thousands: 144 values from 104
 * to 622. Series G of Box and Jenkins, Time Series Analysis: Forecasting and Control, 1976.
 */
public final class Airline {

    /** The name of the data set in its {@link Provenance}. */
    public static final String ID = "airline";

    /** The values, one year per line. */
    private static final double[] VALUES = {
        112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, //
        115, 126, 141, 135, 125, 149, 170, 170, 158, 133, 114, 140, //
        145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, //
        171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194, //
        196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, //
        204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229, //
        242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, //
        284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306, //
        315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336, //
        340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337, //
        360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405, //
        417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432, //
    };

    static final DataSet DATA_SET = new DataSet(
            ID,
            "International airline passengers, 144 months",
            "NOASSERTION",
            "G. Box and G. Jenkins, Time Series Analysis: Forecasting and Control, 1976, series G",
            List.of(),
            (store, progress) -> List.of(DataSet.DataSetPart.of(series(), provenance())));

    private Airline() {}

    /** Returns the whole series. */
    public static Series series() {
        return new Series(ID, "thousand passengers", YearMonth.of(1949, 1), VALUES);
    }

    /**
     * Returns the origin. Its digest is that of the widely copied file {@code airline-passengers.csv}, which has the same values.
     */
    public static Provenance provenance() {
        return new Provenance(
                ID,
                "all",
                new Sha256("f468a80ad97a9018d13064f7b4a8dc2d56a31d56db1a1707a034bc21a07ca89b"),
                "The values are part of the program; the digest is of the CSV file that has the same.");
    }
}
