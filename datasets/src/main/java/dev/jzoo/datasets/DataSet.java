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
 * A data set: its description, its files and a reader for them.
 *
 * @param id name of the data set: lower-case letters, digits and hyphens
 * @param title a one-line title for people
 * @param licence SPDX identifier; "NOASSERTION" if the source states none
 * @param origin the author and the place of publication, a sentence
 * @param resources its files; empty if the program contains or generates the data
 * @param form the form in which users get the files
 * @param reader reads all parts
 */
public record DataSet(
        String id,
        String title,
        String licence,
        String origin,
        List<Resource> resources,
        Packaging form,
        DataSetReader reader) {

    /** The form in which users get the files of a data set. */
    public enum Packaging {
        /** The files themselves. */
        FILES,
        /** A folder for each file, unpacked from a zip archive. */
        FOLDERS
    }

    /** A reader for all parts of a data set. Fails if a part breaks its format. */
    @FunctionalInterface
    public interface DataSetReader {

        /** Reads all parts. Fetches files that the store does not have. */
        List<DataSetPart> read(Store store, ProgressListener progress) throws IOException;
    }

    /**
     * A part of a data set that was read.
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

    /** Creates a data set whose users get the files themselves. */
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

    /** Returns the size of all files after decompression in bytes; 0 if there are none. */
    public long bytes() {
        return resources.stream().mapToLong(Resource::bytes).sum();
    }

    /** Returns whether the store has every file, so that no network is needed. True for a data set without files. */
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
     * @return the files, or the folders unpacked from them, in the order of the resources; empty if the data set has no files
     */
    public List<Path> get(Store store, ProgressListener progress) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Resource resource : resources) {
            files.add(form == Packaging.FOLDERS ? store.unpack(resource, progress) : store.fetch(resource, progress));
        }
        return List.copyOf(files);
    }

    /**
     * Reads all data once: the store checks the digest of each file, the reader its format.
     *
     * @return the parts
     * @throws dev.jzoo.zoo.error.DataFormatException naming the file and the place
     * @throws dev.jzoo.zoo.error.JZooException with code INTEGRITY or NETWORK, from the store
     */
    public List<DataSetPart> check(Store store, ProgressListener progress) throws IOException {
        return List.copyOf(reader.read(store, progress));
    }
}
