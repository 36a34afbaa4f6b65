ALTER TABLE "Delivery" ADD COLUMN "nowReceived" INTEGER;
ALTER TABLE "Delivery" ADD COLUMN "nowAvailable" INTEGER;
