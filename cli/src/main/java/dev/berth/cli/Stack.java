package dev.berth.cli;

import dev.berth.aws.AwsClients;
import dev.berth.aws.AwsStack;
import dev.berth.aws.Tables;
import dev.berth.model.OpKind;
import dev.berth.port.Games;
import dev.berth.port.Hosts;
import dev.berth.port.OperationLog;

/** A stack that commands talk to. */
record Stack(String name, AwsStack aws) {
    /** A stack on this machine. */
    static Stack at(LocalFile.Address address) {
        AwsClients clients = AwsClients.local(address.dynamoDb(), address.sqs(), address.region());
        return new Stack(address.stack(), new AwsStack(clients, Tables.of(address.stack())));
    }

    Games games() {
        return aws.games();
    }

    OperationLog log() {
        return aws.log();
    }

    Hosts hosts() {
        return aws.hosts();
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
