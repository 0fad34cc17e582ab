package dev.jzoo.zoo.hub;

import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.download.FileCheck;
import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A file at an address of which nobody but the reference itself says what it has.
 *
 * @param trusted whether what comes is believed where the reference has no digest; it is kept to from then on
 */
public record WebFile(ModelReference.OnWeb reference, boolean trusted) implements ModelHub {

    @Override
    public Resolution resolve() {
        if (reference.sha256().isEmpty() && !trusted) {
            throw new JZooException(
                    JZooException.Code.INTEGRITY,
                    reference + " has no digest, so that nothing tells whether the right file comes.",
                    "Add it: " + reference
                            + "#sha256=...; or say --trust once to take what comes, and be told if it ever"
                            + " changes.");
        }
        return new Resolution(
                path(),
                List.of(WantedFile.checked(
                        path(), reference.sha256().map(FileCheck::sha256).orElse(FileCheck.NO_SUBSTITUTE))));
    }

    /** The address is in it by its digest, and by its host for people. */
    @Override
    public String folder() {
        String whole = reference.address().toString();
        String key = Sha256.of(whole.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 16);
        return CacheDirectory.HUBS + "web/" + reference.address().getHost().replaceAll("[^\\w.-]", "_") + "/" + key
                + "/";
    }

    private String path() {
        String path =
                reference.address().getPath() == null ? "" : reference.address().getPath();
        String last = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^\\w.-]", "_");
        return folder() + (last.matches("\\.*") ? "model.onnx" : last);
    }

    @Override
    public List<Location> places(String path) {
        return List.of(Location.at(reference.address()));
    }

    @Override
    public boolean isLasting() {
        return true;
    }
}
