package dev.berth.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer as it came; whoever passes it on in another way says in which. */
class PassedOn implements DockerHttpClient.Response {
    private final DockerHttpClient.Response answer;

    PassedOn(DockerHttpClient.Response answer) {
        this.answer = answer;
    }

    @Override
    public int getStatusCode() {
        return answer.getStatusCode();
    }

    @Override
    public Map<String, List<String>> getHeaders() {
        return answer.getHeaders();
    }

    @Override
    public @Nullable String getHeader(String name) {
        return answer.getHeader(name);
    }

    @Override
    public InputStream getBody() {
        return answer.getBody();
    }

    @Override
    public void close() {
        answer.close();
    }
}
