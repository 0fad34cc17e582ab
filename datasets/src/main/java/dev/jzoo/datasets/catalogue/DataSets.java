package dev.jzoo.datasets.catalogue;

import dev.jzoo.datasets.DataSet;
import dev.jzoo.zoo.error.JZooException;
import java.util.List;
import java.util.stream.Collectors;

/** The list of all data sets. To add one, write a class with a {@link DataSet} constant and name the constant here. */
public final class DataSets {

    private static final List<DataSet> ALL = List.of(
            Admissions.DATA_SET,
            Airline.DATA_SET,
            Cifar10Edition.ORIGINAL.dataSet(),
            Cifar10.FIRST_1017_DATA_SET,
            Cifar10Edition.JPEG.dataSet(),
            Hymenoptera.DATA_SET,
            Mnist.DATA_SET,
            Mnist1d.DATA_SET,
            ProceduralDigits.DATA_SET,
            TinyShakespeare.DATA_SET,
            SineSeries.DATA_SET);

    private DataSets() {}

    /** Returns all data sets, sorted by id. */
    public static List<DataSet> all() {
        return ALL;
    }

    /**
     * Returns the data set with an id.
     *
     * @throws JZooException with code NOT_FOUND, which lists the available ids
     */
    public static DataSet get(String id) {
        return ALL.stream()
                .filter(dataSet -> dataSet.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new JZooException(
                        JZooException.Code.NOT_FOUND,
                        "There is no data set '" + id + "'.",
                        "Available data sets: " + ALL.stream().map(DataSet::id).collect(Collectors.joining(", "))
                                + "."));
    }
}
