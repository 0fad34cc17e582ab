package dev.jzoo.zoo.hub;

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
 * A file at an address of which nobody but the reference itself says what it has.
 *
 * @param trusted whether what comes is believed where the reference has no digest; it is kept to from then on
 */
public record WebFile(ModelReference.OnWeb reference, boolean trusted) implements ModelHub {

    private static final int LONGEST_NAME = 100;

    @Override
    public Resolution resolve() {
        if (reference.sha256().isEmpty() && !trusted) {
            throw new JZooException(
                    JZooException.Code.INTEGRITY,
                    reference + " has no digest, so that nothing tells whether the right file comes.",
                    "Add it: " + reference
                            + "#sha256=...; or add --trust (in Java, Zoo.Trust.FIRST) once to take what comes, and be told"
                            + " if it ever changes.");
        }
        FileCheck check = reference.sha256().map(FileCheck::sha256).orElse(FileCheck.PERHAPS_A_MODEL);
        return new Resolution(WantedFile.checked(path(), check), path -> Optional.of(beside(path)));
    }

    /** Weights that the model names: they lie beside it, and nobody says what they are. */
    private WantedFile beside(String path) {
        if (!trusted) {
            throw new JZooException(
                    JZooException.Code.INTEGRITY,
                    reference + " has weights in '" + path.substring(folder().length())
                            + "' beside it, which has no digest.",
                    "Add --trust (in Java, Zoo.Trust.FIRST) once to take what comes, and be told if it ever changes.");
        }
        return WantedFile.checked(path, FileCheck.NO_SUBSTITUTE);
    }

    @Override
    public Optional<Sha256> requiredDigest() {
        return reference.sha256();
    }

    /** The address is in it by its digest, and by its host for people. */
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

    /** Weights lie beside the model, at the same address but for the last name; a signature in the query may be of both. */
    @Override
    public List<Location> places(String path) {
        if (path.equals(path())) {
            return List.of(Location.at(reference.address()));
        }
        String query = reference.address().getRawQuery();
        URI beside = ((Location.WebLocation)
                        Location.below(reference.address().resolve("."), path.substring(folder().length())))
                .uri();
        return List.of(Location.at(query == null ? beside : URI.create(beside + "?" + query)));
    }

    @Override
    public boolean isLasting() {
        return true;
    }
}
