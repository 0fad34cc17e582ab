package dev.jzoo.datasets.catalogue;

import dev.jzoo.datasets.DataSet;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.download.Encoding;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.util.List;

/**
 * Photographs of ants and bees: 244 to train on and 153 to validate with, JPEG, the shorter side 256 pixels. The photographers'
 * rights are not known, so only a mirror can serve them.
 */
public final class Hymenoptera {

    /** The name of the data set in its {@link Provenance}. */
    public static final String ID = "hymenoptera";

    private static final Resource ARCHIVE = new Resource(
            "hymenoptera/hymenoptera_data.zip",
            List.of(),
            Encoding.IDENTITY,
            11_570_980,
            new Sha256("4b976380012b37b07c57a07d1db8a5bbd89cec7ec970d27fefe14f704f511b53"));

    static final DataSet DATA_SET = new DataSet(
            ID,
            "Hymenoptera, 397 photographs of ants and bees",
            "NOASSERTION",
            "A very small subset of ImageNet, known from PyTorch's tutorial on transfer learning;"
                    + " github.com/zhangtao7750/syn (commit f0503091), scaled and saved again",
            List.of(ARCHIVE),
            DataSet.Packaging.FOLDERS,
            (store, progress) -> {
                PictureFolder.PictureSplit split = pictures(store, progress).split(0);
                return List.of(DataSet.DataSetPart.of(split.train()), DataSet.DataSetPart.of(split.validation()));
            });

    private Hymenoptera() {}

    /** Returns the folder, with a part for training and one for validation. Fetches and unpacks it if the store does not have it. */
    public static PictureFolder pictures(Store store, ProgressListener progress) throws IOException {
        return PictureFolder.read(store.unpack(ARCHIVE, progress), ID);
    }
}
