package dev.jzoo.datasets.catalogue;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A file with batches of CIFAR-10.
 *
 * @param id name of the data set that its pictures belong to
 * @param resource the file
 * @param format the layout of batches in the file
 * @param note differences of its pictures from the original, a sentence
 */
record CifarSource(String id, Resource resource, BatchFormat format, String note) {

    /** A reader of batches in a file. */
    @FunctionalInterface
    interface BatchFormat {

        /** Returns the content of each batch in the binary layout, in the order of the names. */
        Map<String, byte[]> read(Path file, List<String> batches) throws IOException;
    }

    /** Returns the pictures of some batches as one part of the data set. */
    LabelledImages part(String part, List<String> names, Store store, ProgressListener progress) throws IOException {
        Path file = store.fetch(resource, progress);
        List<CifarBatch> batches = new ArrayList<>();
        for (Map.Entry<String, byte[]> batch : format.read(file, names).entrySet()) {
            batches.add(CifarBatch.of(file + "!" + batch.getKey(), batch.getValue()));
        }
        return CifarBatch.join(
                batches, id, part, note + " The digest is of the batches in the binary layout, one after another.");
    }

    /**
     * Returns the first source whose file the store has. If it has none, fetches the first file that is available.
     *
     * @return the index of the source
     * @throws JZooException INTEGRITY if a location serves other bytes, NETWORK if no file is available
     */
    static int available(List<CifarSource> sources, Store store, ProgressListener progress) throws IOException {
        for (int i = 0; i < sources.size(); i++) {
            if (store.cached(sources.get(i).resource()).isPresent()) {
                return i;
            }
        }
        List<JZooException> failures = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            try {
                store.fetch(sources.get(i).resource(), progress);
                return i;
            } catch (JZooException e) {
                if (e.code() != JZooException.Code.NETWORK) {
                    throw e; // report a damaged file instead of trying the next source
                }
                failures.add(e);
            }
        }
        JZooException failure = new JZooException(
                JZooException.Code.NETWORK,
                failures.stream().map(JZooException::summary).collect(Collectors.joining("\n")),
                failures.get(0).hint());
        failures.forEach(failure::addSuppressed);
        throw failure;
    }
}
