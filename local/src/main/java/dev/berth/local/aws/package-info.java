/**
 * What the template says, and the two services that hold its data: DynamoDB Local (in a JVM of its own) and ElasticMQ (in this one).
 * May import the process room, the AWS SDK, the YAML reader and ElasticMQ; knows nothing of functions being run.
 */
@NullMarked
package dev.berth.local.aws;

import org.jspecify.annotations.NullMarked;
