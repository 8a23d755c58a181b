import type { Credential } from "../credential.ts";

/** `schemas/sources/aws.json`. */
export interface AwsConfig {
  use: "aws";
  credential?: { profile: string } | { key_id: Credential; secret: Credential; session?: Credential };
  partition?: Partition;
  base_url?: string;
  accounts?: string[];
  organization?: boolean;
  role?: string;
  external_id?: string;
  owner_tag?: string;
  environment_tag?: string;
  type_tag?: string;
  usage?: boolean;
  signing_certificates?: "reported" | "all";
}

export type Partition = "aws" | "aws-us-gov" | "aws-cn";

/** Where the one endpoint of IAM in a partition is asked and signed for. */
export const REGIONS: Readonly<Record<Partition, string>> = {
  aws: "us-east-1",
  "aws-us-gov": "us-gov-west-1",
  "aws-cn": "cn-north-1",
};

/** The name of something in IAM, which belongs to no region; AWS's own policies are of the account `aws`. */
export function iamArn(account: string, resource: string, { partition = "aws" }: { partition?: string }): string {
  return `arn:${partition}:iam::${account}:${resource}`;
}

export const SOURCE = "aws";
export const DEFAULT_ROLE = "tokenward";
export const DEFAULT_OWNER_TAG = "owner";
export const DEFAULT_ENVIRONMENT_TAG = "environment";
