package dev.jzoo.zoo;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a file into the home from the first place that gives the right bytes. */
final class Fetcher {

    private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);

    private final Home home;
    private final Web web;
    private final boolean offline;

    Fetcher(Home home, Web web, boolean offline) {
        this.home = home;
        this.web = web;
        this.offline = offline;
    }

    /**
     * The file in the home, which is fetched unless it is there and intact.
     *
     * @param path where it belongs in the home
     * @param places where it may come from, in the order to try
     * @throws JZooException INTEGRITY where a place gave other bytes and none the right ones, NETWORK where none gave any,
     *     FAILED where the home cannot be written
     */
    Path fetch(Resource resource, String path, List<Place> places, ProgressListener listener) throws IOException {
        Optional<Path> there = home.intact(path, resource);
        if (there.isPresent()) {
            return there.get();
        }
        return home.locked(path, () -> {
            Optional<Path> meanwhile = home.intact(path, resource);
            return meanwhile.isPresent() ? meanwhile.get() : obtain(resource, path, places, listener);
        });
    }

    private Path obtain(Resource resource, String path, List<Place> places, ProgressListener listener)
            throws IOException {
        List<IOException> causes = new ArrayList<>();
        List<String> tried = new ArrayList<>();
        if (Files.exists(home.file(path))) {
            LOG.warn("{} is not what was wanted and is fetched again", home.file(path));
        }
        Part part = home.part(path);
        for (Place place : places) {
            if (offline && place instanceof Place.Web) {
                tried.add(place + ": not asked while offline");
                continue;
            }
            try {
                return home.keep(receive(resource, place, part, listener), path, resource.sha256());
            } catch (InterruptedIOException e) {
                throw e;
            } catch (SpoiledException e) {
                part.delete();
                causes.add(e);
                tried.add(place + ": " + e.getMessage());
            } catch (JZooException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw interrupted(resource, e); // an interrupt closes the file that is being written
                }
                part.delete(); // the disk is full: make room
                throw e;
            } catch (IOException e) {
                causes.add(e);
                tried.add(place + ": " + Reason.of(e));
            } finally {
                home.disk().delete(part.content());
            }
        }
        throw failure(resource, tried, causes);
    }

    /** A file with the checked content, ready to be moved to where it belongs. */
    private Path receive(Resource resource, Place place, Part part, ProgressListener listener) throws IOException {
        if (place instanceof Place.Local local) {
            try (InputStream in = local.open();
                    OutputStream out = home.disk().create(part.content())) {
                Content.copy(in, resource, out, n -> listener.progress(resource.path(), n, resource.bytes()));
            }
            return part.content();
        }
        Place.Web address = (Place.Web) place;
        try {
            web.download(
                    address.uri(),
                    part,
                    resource.encoding().longest(resource.bytes()),
                    (done, total) -> listener.progress(resource.path(), done, total));
        } catch (SpoiledException e) {
            throw new SpoiledException(e.getMessage() + Impostor.explain(head(part.bytes())));
        }
        Path content = resource.encoding() == Encoding.IDENTITY ? part.bytes() : part.content();
        try (InputStream in = Files.newInputStream(part.bytes());
                OutputStream out = content.equals(part.bytes())
                        ? OutputStream.nullOutputStream()
                        : home.disk().create(content)) {
            Content.copy(in, resource, out, n -> {});
        }
        long bytes = Files.size(part.bytes());
        listener.progress(resource.path(), bytes, bytes);
        if (!content.equals(part.bytes())) {
            home.disk().delete(part.bytes());
        }
        home.disk().delete(part.state());
        return content;
    }

    private static InterruptedIOException interrupted(Resource resource, JZooException cause) {
        InterruptedIOException interrupted =
                new InterruptedIOException("Interrupted while fetching " + resource.path());
        interrupted.initCause(cause);
        return interrupted;
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(Impostor.HEAD);
        }
    }

    private JZooException failure(Resource resource, List<String> tried, List<IOException> causes) {
        boolean spoiled = causes.stream().anyMatch(SpoiledException.class::isInstance);
        String places = tried.isEmpty()
                ? "no mirror is set, and it has no other address."
                : "\n  " + String.join("\n  ", tried);
        String elsewhere = "name a folder or URL that has '" + resource.path() + "' in " + Settings.MIRROR + ".";
        String hint = spoiled
                ? "Nothing was kept. Mend the file at that place, or " + elsewhere
                : offline
                        ? "Unset " + Settings.OFFLINE + ", or " + elsewhere
                        : "Check the connection and the proxy, or " + elsewhere;
        JZooException failure = new JZooException(
                spoiled ? JZooException.Code.INTEGRITY : JZooException.Code.NETWORK,
                resource.path() + " was not obtained: " + places,
                hint);
        causes.forEach(failure::addSuppressed);
        return failure;
    }
}
