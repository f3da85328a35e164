package dev.berth.cli;

import dev.berth.aws.AwsClients;
import dev.berth.aws.AwsStack;
import dev.berth.aws.ManagedSecrets;
import dev.berth.aws.StackOutputs;
import dev.berth.docker.DockerHosts;
import dev.berth.ledger.Ledger;
import dev.berth.model.OpKind;
import dev.berth.port.Blobs;
import dev.berth.port.Clock;
import dev.berth.port.Games;
import dev.berth.port.Hosts;
import dev.berth.port.OperationLog;
import dev.berth.port.Secrets;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A stack that commands talk to.
 *
 * @param secrets those of the stack, as its functions read them
 * @param logs what its functions have logged, where that can be read
 */
record Stack(String name, AwsStack aws, Secrets secrets, Optional<FunctionLogs> logs) {
    /**
     * A stack on this machine.
     *
     * @param directory its folder
     */
    static Stack at(LocalFile.Address address, Path directory) {
        AwsClients clients = AwsClients.local(address.dynamoDb(), address.sqs(), address.s3(), address.region());
        return new Stack(
                address.stack(),
                new AwsStack(clients, address.parts()),
                new LocalSecrets(directory),
                Optional.of(FunctionLogs.of(directory)));
    }

    /**
     * A stack on AWS, found by its outputs.
     *
     * @param cloudFormation where to ask for them, if it is not AWS's own
     * @throws dev.berth.model.OperationFailed {@code not_found} if there is no such stack, {@code store_unavailable} if
     *     that cannot be found out
     */
    static Stack onAws(String name, Optional<URI> cloudFormation) {
        AwsClients clients = new AwsClients();
        return new Stack(
                name,
                new AwsStack(
                        clients, StackOutputs.fromEnvironment(cloudFormation).read(name)),
                new ManagedSecrets(clients::secrets, Clock.system()),
                Optional.empty());
    }

    Games games() {
        return aws.games();
    }

    OperationLog log() {
        return aws.log();
    }

    /** The log with its archive: a new one. */
    Ledger ledger() {
        return new Ledger(aws.log(), aws.archive());
    }

    Blobs blobs() {
        return aws.blobs();
    }

    Hosts hosts() {
        return aws.hosts();
    }

    /** New connections to hosts, to be closed by the caller. */
    DockerHosts docker() {
        return new DockerHosts(_ -> Optional.empty(), secrets);
    }

    /** Asks for a reconcile of a host. */
    void sendReconcile(String body) {
        aws.send(queue(OpKind.RECONCILE_ADOPT), body);
    }

    /** Sends a job to the queue of its kind. */
    void send(OpKind kind, String body) {
        aws.send(queue(kind), body);
    }

    /** The name of the queue that takes jobs of that kind. */
    String queue(OpKind kind) {
        String word = switch (kind) {
            case START, STOP, RESTART, PATCH -> kind.wire();
            case CLEANUP_CONTAINER -> "cleanup";
            case RECONCILE_ADOPT, RECONCILE_DISPOSE -> "reconcile";
        };
        return name + "-" + word + "-jobs";
    }
}
