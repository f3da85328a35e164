/**
 * How with AWS: the ports kept in DynamoDB, S3 and SQS.
 *
 * <p>The only room that imports the AWS SDK. Knows the ports and the wire, never an operation.
 */
@NullMarked
package dev.berth.aws;

import org.jspecify.annotations.NullMarked;
