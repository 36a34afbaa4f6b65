-- AlterTable: the sale that an order is of; null where its customer placed it.
ALTER TABLE "Contact" ADD COLUMN "sale" TEXT;
