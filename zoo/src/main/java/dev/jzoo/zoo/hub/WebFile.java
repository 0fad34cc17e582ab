package dev.jzoo.zoo.hub;

import dev.jzoo.zoo.annotation.Internal;
import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.catalogue.PublishableFolder;
import dev.jzoo.zoo.download.FileCheck;
import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Sha256;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A model at an address of the web. Only the reference itself can have a digest of it.
 *
 * @param trusted whether to accept the file if the reference has no digest; its digest is recorded, and later fetches must match
 *     it
 */
@Internal
public record WebFile(ModelReference.OnWeb reference, boolean trusted) implements ModelHub {

    private static final int LONGEST_NAME = 100;

    @Override
    public Resolution resolve() {
        if (reference.sha256().isEmpty() && !trusted) {
            throw new JZooException(
                    JZooException.Code.INTEGRITY,
                    reference + " cannot be downloaded safely: it has no digest to check the file with.",
                    "Add the digest: " + reference
                            + "#sha256=...; or add --trust once (in Java, Zoo.Trust.FIRST) to accept the file; later"
                            + " downloads must match it.");
        }
        FileCheck check = reference.sha256().map(FileCheck::sha256).orElse(FileCheck.PERHAPS_A_MODEL);
        return new Resolution(WantedFile.checked(path(), check), path -> Optional.of(weights(path)));
    }

    /** Returns an external weight file next to the model. The web gives no digest of it. */
    private WantedFile weights(String path) {
        if (!trusted) {
            throw new JZooException(
                    JZooException.Code.INTEGRITY,
                    reference + " cannot be downloaded safely: its weight file '" + path.substring(folder().length())
                            + "' has no digest.",
                    "Add --trust once (in Java, Zoo.Trust.FIRST) to accept the file; later downloads must match it.");
        }
        return WantedFile.checked(path, FileCheck.NO_SUBSTITUTE);
    }

    @Override
    public Optional<Sha256> requiredDigest() {
        return reference.sha256();
    }

    /** Returns a folder whose name has the host, for people, and a digest of the address. */
    @Override
    public String folder() {
        String key = Sha256.of(reference.withoutUser().getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 16);
        return CacheDirectory.HUBS + "web/" + reference.address().getHost().replaceAll("[^\\w.-]", "_") + "/" + key
                + "/";
    }

    private String path() {
        String path =
                reference.address().getPath() == null ? "" : reference.address().getPath();
        String last = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^\\w.-]", "_");
        return folder() + (last.matches("\\.*") || last.length() > LONGEST_NAME ? PublishableFolder.MODEL : last);
    }

    /**
     * Returns the model's address, or for weights the same address with another last name. A signature in the query may cover
     * both.
     */
    @Override
    public List<Location> places(String path) {
        if (path.equals(path())) {
            return List.of(Location.at(reference.address()));
        }
        String query = reference.address().getRawQuery();
        URI address = ((Location.WebLocation)
                        Location.below(reference.address().resolve("."), path.substring(folder().length())))
                .uri();
        return List.of(Location.at(query == null ? address : URI.create(address + "?" + query)));
    }

    @Override
    public boolean isLasting() {
        return true;
    }
}
