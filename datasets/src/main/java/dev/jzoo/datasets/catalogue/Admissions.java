package dev.jzoo.datasets.catalogue;

import dev.jzoo.datasets.DataSet;
import dev.jzoo.datasets.NumericTable;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.download.Encoding;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * Graduate admissions: 400 applications to graduate schools, each with the applicant's own estimate of the chance. Acharya,
 * Armaan and Antony, A Comparison of Regression Models for Prediction of Graduate Admissions, 2019.
 */
public final class Admissions {

    /** The name of the data set in its {@link Provenance}. */
    public static final String ID = "admissions";

    /**
     * The columns that describe an applicant. GRE and TOEFL scores go up to 340 and 120, and the grade average (CGPA) up to 10.
     * The rating of the university, the statement of purpose (SOP) and the letter of recommendation (LOR) range from 1 to 5.
     * Research experience is 0 or 1.
     */
    public static final List<String> FEATURES =
            List.of("GRE Score", "TOEFL Score", "University Rating", "SOP", "LOR", "CGPA", "Research");

    /** The column of the chance of admission, 0.34 to 0.97. */
    public static final String TARGET = "Chance of Admit";

    private static final Resource CSV = new Resource(
            "admissions/Admission_Predict.csv",
            List.of(URI.create("https://raw.githubusercontent.com/SAIF0206/Machine_Learning_Basic-Linear_Regression/"
                    + "6d3a02101fcf18d05e310f1dd05bfb2182fed75b/Admission_Predict.csv")),
            Encoding.IDENTITY,
            12_903,
            new Sha256("8eb9df44b5c6f0274c713e22fcdefac55e734ea99059e0089eae90fe21968894"));

    static final DataSet DATA_SET = new DataSet(
            ID,
            "Graduate admissions, 400 applications",
            "NOASSERTION",
            "M. Acharya, A. Armaan and A. Antony, A Comparison of Regression Models for Prediction of Graduate"
                    + " Admissions, 2019",
            List.of(CSV),
            (store, progress) -> List.of(DataSet.DataSetPart.of(table(store, progress))));

    private Admissions() {}

    /**
     * Returns all 400 rows, in the order of the file. Fetches the file if the store does not have it.
     *
     * @return the columns {@link #FEATURES} and {@link #TARGET}, without the serial number
     */
    public static NumericTable table(Store store, ProgressListener progress) throws IOException {
        return NumericTable.read(
                store.fetch(CSV, progress),
                Stream.concat(FEATURES.stream(), Stream.of(TARGET)).toList(),
                new Provenance(ID, "all", CSV.sha256(), "The version of 400 rows; the digest is of the CSV file."));
    }
}
