-- AlterTable: when a try began by its worker's clock says nothing to another worker, and nobody reads it.
ALTER TABLE "Sms" DROP COLUMN "attemptAt";
