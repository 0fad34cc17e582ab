package dev.jzoo.datasets.catalogue;

import dev.jzoo.datasets.Corpus;
import dev.jzoo.datasets.DataSet;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.datasets.preparation.CharacterVocabulary;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.download.Encoding;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tiny Shakespeare: 1,115,394 characters of plays, 65 of them distinct. Published by A. Karpathy with "The Unreasonable
 * Effectiveness of Recurrent Neural Networks", 2015. The first 90 % are to train on, the last 10 % to test on.
 */
public final class TinyShakespeare {

    /** The name of the data set in its {@link Provenance}. */
    public static final String ID = "shakespeare";

    private static final Resource TEXT = new Resource(
            "shakespeare/input.txt",
            List.of(URI.create(
                    "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt")),
            Encoding.IDENTITY,
            1_115_394,
            new Sha256("86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed"));

    static final DataSet DATA_SET = new DataSet(
            ID,
            "Tiny Shakespeare, a million characters of plays",
            "MIT",
            "github.com/karpathy/char-rnn (commit 6f9487a6), data/tinyshakespeare/input.txt; by W. Shakespeare",
            List.of(TEXT),
            (store, progress) -> List.of(
                    DataSet.DataSetPart.of(train(store, progress)), DataSet.DataSetPart.of(test(store, progress))));

    private TinyShakespeare() {}

    /** Returns the first 90 % of the text, 1,003,854 characters. Fetches it if the store does not have it. */
    public static Corpus train(Store store, ProgressListener progress) throws IOException {
        String text = text(store, progress);
        return part("train", text.substring(0, trainSize(text)), "The first 90 % of the file");
    }

    /** Returns the last 10 % of the text, 111,540 characters. Fetches it if the store does not have it. */
    public static Corpus test(Store store, ProgressListener progress) throws IOException {
        String text = text(store, progress);
        return part("test", text.substring(trainSize(text)), "The last 10 % of the file");
    }

    /** Returns the 65 distinct characters of the whole text, so that the test part has no unknown characters. */
    public static CharacterVocabulary vocabulary(Store store, ProgressListener progress) throws IOException {
        return CharacterVocabulary.of(text(store, progress));
    }

    private static String text(Store store, ProgressListener progress) throws IOException {
        return Corpus.decode(store.fetch(TEXT, progress));
    }

    private static int trainSize(String text) {
        return (int) (text.length() * 9L / 10);
    }

    private static Corpus part(String part, String text, String what) {
        return new Corpus(
                text,
                new Provenance(
                        ID, part, Sha256.of(text.getBytes(StandardCharsets.UTF_8)), what + "; the digest is of it."));
    }
}
