package dev.jzoo.datasets;

import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.card.Identifier;
import dev.jzoo.zoo.download.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a data set is and which files it has.
 *
 * @param id name of the data set: lower-case letters, digits and hyphens
 * @param title a line for people
 * @param licence SPDX identifier; "NOASSERTION" where the source states none
 * @param origin who made it and where it was published, a sentence
 * @param resources its files; none where the program holds or makes the data
 * @param form what its user gets of these files
 * @param reader reads all of it
 */
public record DataSet(
        String id,
        String title,
        String licence,
        String origin,
        List<Resource> resources,
        Packaging form,
        DataSetReader reader) {

    /** What the user of a data set gets. */
    public enum Packaging {
        /** The files as they are. */
        FILES,
        /** A folder for each file, which is a zip archive. */
        FOLDERS
    }

    /** Reads all parts of a data set, and fails where one breaks its format. */
    @FunctionalInterface
    public interface DataSetReader {

        /** The parts as they were read; files that the store does not have are fetched. */
        List<DataSetPart> read(Store store, ProgressListener progress) throws IOException;
    }

    /**
     * A part of a data set, as it was read.
     *
     * @param provenance its name and digest
     * @param content type, shape and labels in words: "uint8 [60000, 28, 28, 1], 10 labels"
     */
    public record DataSetPart(Provenance provenance, String content) {

        public static DataSetPart of(LabelledImages images) {
            return new DataSetPart(images.provenance(), images.shape());
        }

        public static DataSetPart of(LabelledSignals signals) {
            return new DataSetPart(signals.provenance(), signals.shape());
        }

        public static DataSetPart of(LabelledPictures pictures) {
            return new DataSetPart(pictures.provenance(), pictures.shape());
        }

        public static DataSetPart of(Corpus corpus) {
            return new DataSetPart(corpus.provenance(), corpus.words());
        }

        public static DataSetPart of(NumericTable table) {
            return new DataSetPart(table.provenance(), table.shape());
        }

        public static DataSetPart of(Series series, Provenance provenance) {
            return new DataSetPart(provenance, series.toString());
        }
    }

    /** A data set whose files are used as they are. */
    public DataSet(
            String id, String title, String licence, String origin, List<Resource> resources, DataSetReader reader) {
        this(id, title, licence, origin, resources, Packaging.FILES, reader);
    }

    public DataSet {
        Identifier.require("A data set's id", id);
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(licence, "licence");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(reader, "reader");
        resources = List.copyOf(resources);
    }

    /** Size of all files after decompression; 0 where there are none. */
    public long bytes() {
        return resources.stream().mapToLong(Resource::bytes).sum();
    }

    /** Whether the store has every file, so that no network is needed. True of a data set without files. */
    public boolean isCached(Store store) throws IOException {
        for (Resource resource : resources) {
            if (store.cached(resource).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Fetches the files that the store does not have.
     *
     * @return where they are, or the folders of what they have, in the order of the resources; empty where the data
     *     set has no files
     */
    public List<Path> get(Store store, ProgressListener progress) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Resource resource : resources) {
            files.add(form == Packaging.FOLDERS ? store.unpack(resource, progress) : store.fetch(resource, progress));
        }
        return List.copyOf(files);
    }

    /**
     * Reads everything once: the store checks the digest of each file, the reader its format.
     *
     * @return what was read
     * @throws dev.jzoo.zoo.error.DataFormatException naming the file and the place
     * @throws dev.jzoo.zoo.error.JZooException with code INTEGRITY or NETWORK, from the store
     */
    public List<DataSetPart> check(Store store, ProgressListener progress) throws IOException {
        return List.copyOf(reader.read(store, progress));
    }
}
