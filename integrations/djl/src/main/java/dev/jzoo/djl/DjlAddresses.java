package dev.jzoo.djl;

import ai.djl.repository.RemoteRepository;
import ai.djl.repository.Repository;
import ai.djl.repository.RepositoryFactory;
import ai.djl.repository.zoo.ModelLoader;
import ai.djl.repository.zoo.ModelZoo;
import dev.jzoo.zoo.error.JZooException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reader for the addresses {@code djl://GROUP/MODEL}, {@code djl://GROUP/MODEL/VERSION} and
 * {@code djl://GROUP/MODEL/VERSION/ARTIFACT}.
 *
 * <p>DJL's own reader fetches every group from DJL's server. DJL allows one reader per scheme, so this one replaces it: it
 * resolves JZoo's group in the zoo, and all other groups as DJL 0.35.1 does.
 */
public final class DjlAddresses implements RepositoryFactory {

    private static final URI DJL_SERVER = URI.create("https://mlrepo.djl.ai/");
    private static final Pattern PATH = Pattern.compile("/(?<model>.+?)(/(?<version>[\\d.]+)(/(?<artifact>.*))?)?");

    @Override
    public Set<String> getSupportedScheme() {
        return Set.of("djl");
    }

    /**
     * Returns the repository for an address, with the one model that the address names.
     *
     * @throws IllegalArgumentException if there is no such model; for JZoo's group, with the nearest names
     */
    @Override
    public Repository newInstance(String name, URI address) {
        Matcher path = PATH.matcher(Optional.ofNullable(address.getPath()).orElse(""));
        if (address.getHost() == null || !path.matches()) {
            throw new IllegalArgumentException(
                    "Expected djl://GROUP/MODEL or djl://GROUP/MODEL/VERSION, found " + address);
        }
        if (address.getHost().equals(JZooRepository.GROUP)) {
            try {
                return JZooRepository.standard().only(path.group("model"), Optional.ofNullable(path.group("version")));
            } catch (JZooException e) {
                throw new IllegalArgumentException(address + " does not name a model. " + e.getMessage(), e);
            }
        }
        return elsewhere(name, address, path);
    }

    private static Repository elsewhere(String name, URI address, Matcher path) {
        ModelZoo zoo = ModelZoo.getModelZoo(address.getHost());
        if (zoo == null) {
            throw new IllegalArgumentException("ModelZoo not found in classpath: " + address.getHost());
        }
        ModelLoader loader = zoo.getModelLoader(path.group("model"));
        if (loader == null) {
            throw new IllegalArgumentException("Invalid djl URL: " + address);
        }
        String query = address.getQuery();
        Repository server = new RemoteRepository(name, query == null ? DJL_SERVER : DJL_SERVER.resolve("?" + query));
        server.addResource(server.model(
                loader.getApplication(),
                address.getHost(),
                path.group("model"),
                path.group("version"),
                path.group("artifact")));
        return server;
    }
}
