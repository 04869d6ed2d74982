BEGIN TRANSACTION;
CREATE TABLE accounts (
	name TEXT NOT NULL, 
	role TEXT NOT NULL, 
	password TEXT NOT NULL, 
	address TEXT NOT NULL, 
	opened BIGINT NOT NULL, 
	CONSTRAINT pk_accounts PRIMARY KEY (name)
);
CREATE TABLE alembic_version (
	version_num TEXT NOT NULL, 
	PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE api_tokens (
	id INTEGER NOT NULL, 
	account TEXT NOT NULL, 
	name TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	created BIGINT NOT NULL, 
	revoked BOOLEAN NOT NULL, 
	CONSTRAINT pk_api_tokens PRIMARY KEY (id), 
	CONSTRAINT uq_api_tokens_hash UNIQUE (hash)
);
CREATE TABLE audit (
	number INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	act TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	detail TEXT NOT NULL, 
	why TEXT NOT NULL, 
	device TEXT NOT NULL, 
	other TEXT NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (number)
);
INSERT INTO "audit" VALUES(1,0,'manufacture','factory','CISCO881-K9:FTX1412GKZZ','advsecurity','','CISCO881-K9:FTX1412GKZZ','');
INSERT INTO "audit" VALUES(2,0,'order','lab','90000001','2 x L-880-AIS=','','','');
INSERT INTO "audit" VALUES(3,0,'order','lab','90000002','1 x SL-880-AIS=','','','');
INSERT INTO "audit" VALUES(4,0,'register','lab','LNEX35TY65Y','CISCO881-K9:FTX1412GKZZ','','CISCO881-K9:FTX1412GKZZ','');
CREATE TABLE contracts (
	udi TEXT NOT NULL, 
	number TEXT NOT NULL, 
	since BIGINT NOT NULL, 
	CONSTRAINT pk_contracts PRIMARY KEY (udi), 
	CONSTRAINT fk_contracts_udi FOREIGN KEY(udi) REFERENCES devices (udi)
);
INSERT INTO "contracts" VALUES('CISCO881-K9:FTX1412GKZZ','250094311',0);
CREATE TABLE counters (
	name TEXT NOT NULL, 
	value BIGINT NOT NULL, 
	CONSTRAINT pk_counters PRIMARY KEY (name)
);
INSERT INTO "counters" VALUES('license',2);
INSERT INTO "counters" VALUES('order',2);
INSERT INTO "counters" VALUES('letter',3);
CREATE TABLE devices (
	udi TEXT NOT NULL, 
	made BIGINT, 
	features TEXT NOT NULL, 
	owner TEXT, 
	last_file TEXT, 
	CONSTRAINT pk_devices PRIMARY KEY (udi)
);
INSERT INTO "devices" VALUES('CISCO881-K9:FTX1412GKZZ',0,'["advsecurity"]',NULL,'2010-03-01T09:00:00.000Z');
CREATE TABLE licenses (
	number INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	udi TEXT NOT NULL, 
	feature TEXT NOT NULL, 
	version TEXT NOT NULL, 
	type TEXT NOT NULL, 
	period BIGINT, 
	"exclusive" BOOLEAN NOT NULL, 
	count INTEGER, 
	ends BIGINT, 
	source TEXT NOT NULL, 
	created TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	origin TEXT NOT NULL, 
	root TEXT NOT NULL, 
	sku TEXT, 
	pak TEXT, 
	predecessor TEXT, 
	state TEXT NOT NULL, 
	CONSTRAINT pk_licenses PRIMARY KEY (number), 
	CONSTRAINT uq_licenses_id UNIQUE (id), 
	CONSTRAINT fk_licenses_udi FOREIGN KEY(udi) REFERENCES devices (udi), 
	CONSTRAINT fk_licenses_pak FOREIGN KEY(pak) REFERENCES paks (code)
);
INSERT INTO "licenses" VALUES(1,'20100301-000001','CISCO881-K9:FTX1412GKZZ','advsecurity','1.0','permanent',NULL,1,NULL,NULL,'Factory','2010-03-01T09:00:00.000Z',0,'factory','20100301-000001',NULL,NULL,NULL,'current');
INSERT INTO "licenses" VALUES(2,'20100301-000002','CISCO881-K9:FTX1412GKZZ','advipservices','1.0','permanent',NULL,1,NULL,NULL,'License portal, registration','2010-03-01T09:00:00.000Z',0,'registration','20100301-000002','L-880-AIS=','LNEX35TY65Y',NULL,'current');
CREATE TABLE orders (
	number TEXT NOT NULL, 
	sku TEXT NOT NULL, 
	quantity INTEGER NOT NULL, 
	owner TEXT, 
	at BIGINT NOT NULL, 
	CONSTRAINT pk_orders PRIMARY KEY (number)
);
INSERT INTO "orders" VALUES('90000001','L-880-AIS=',2,NULL,0);
INSERT INTO "orders" VALUES('90000002','SL-880-AIS=',1,NULL,0);
CREATE TABLE outbox (
	number INTEGER NOT NULL, 
	due BIGINT NOT NULL, 
	account TEXT NOT NULL, 
	address TEXT NOT NULL, 
	date TEXT NOT NULL, 
	sender TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	body TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	file TEXT NOT NULL, 
	refers TEXT NOT NULL, 
	content BLOB, 
	delivered BIGINT, 
	CONSTRAINT pk_outbox PRIMARY KEY (number)
);
INSERT INTO "outbox" VALUES(1,0,'lab','lab@customer.example','2010-03-01T09:00:00.000Z','orders@portal.example','Product authorization key, sales order 90000001','Thank you for your order.

Sales order: 90000001
Product: L-880-AIS=
  Upgrade from Advanced Security to Advanced IP Services for Cisco 880 data routers, PAK delivered electronically
Licenses: 2
Product authorization key (PAK): LNEX35TY65Y

Register the PAK at the license portal with the PID and serial number of each device.
','','','[]',NULL,NULL);
INSERT INTO "outbox" VALUES(2,432000000,'lab','lab@customer.example','2010-03-06T09:00:00.000Z','Ordering, by regular mail','Product authorization key, sales order 90000002','Thank you for your order.

Sales order: 90000002
Product: SL-880-AIS=
  Upgrade from Advanced Security to Advanced IP Services for Cisco 880 data routers, PAK sent by regular mail
Licenses: 1
Product authorization key (PAK): UFJ6J2Z42ND

Register the PAK at the license portal with the PID and serial number of each device.
','','','[]',NULL,NULL);
INSERT INTO "outbox" VALUES(3,0,'lab','lab@customer.example','2010-03-01T09:00:00.000Z','licensing@portal.example','License file for CISCO881-K9:FTX1412GKZZ','Your PAK LNEX35TY65Y was registered.

Device (PID:SN): CISCO881-K9:FTX1412GKZZ
Licenses in the attached file:
  advipservices 1.0, Permanent

Copy FTX1412GKZZ_20100301090000000.lic to the device, run `license install` and reload. The file works on this device only.
','licenses','FTX1412GKZZ_20100301090000000.lic','["20100301-000002"]',NULL,NULL);
CREATE TABLE paks (
	code TEXT NOT NULL, 
	"order" TEXT NOT NULL, 
	sku TEXT NOT NULL, 
	quantity INTEGER NOT NULL, 
	spent INTEGER NOT NULL, 
	owner TEXT, 
	at BIGINT NOT NULL, 
	CONSTRAINT pk_paks PRIMARY KEY (code), 
	CONSTRAINT ck_paks_spent CHECK (spent >= 0 AND spent <= quantity), 
	CONSTRAINT uq_paks_order UNIQUE ("order"), 
	CONSTRAINT fk_paks_order FOREIGN KEY("order") REFERENCES orders (number)
);
INSERT INTO "paks" VALUES('LNEX35TY65Y','90000001','L-880-AIS=',2,1,NULL,0);
INSERT INTO "paks" VALUES('UFJ6J2Z42ND','90000002','SL-880-AIS=',1,0,NULL,0);
CREATE TABLE permissions (
	id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	ticket TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	state TEXT NOT NULL, 
	target TEXT, 
	issued TEXT NOT NULL, 
	CONSTRAINT pk_permissions PRIMARY KEY (id), 
	CONSTRAINT uq_permissions_number UNIQUE (number), 
	CONSTRAINT fk_permissions_source FOREIGN KEY(source) REFERENCES devices (udi)
);
CREATE TABLE rmas (
	failed TEXT NOT NULL, 
	replacement TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	contract TEXT NOT NULL, 
	issued TEXT NOT NULL, 
	CONSTRAINT pk_rmas PRIMARY KEY (failed), 
	CONSTRAINT fk_rmas_failed FOREIGN KEY(failed) REFERENCES devices (udi), 
	CONSTRAINT fk_rmas_replacement FOREIGN KEY(replacement) REFERENCES devices (udi)
);
CREATE INDEX ix_api_tokens_account ON api_tokens (account);
CREATE INDEX ix_owned ON devices (owner) WHERE owner IS NOT NULL;
CREATE INDEX ix_orders_owner ON orders (owner);
CREATE INDEX ix_second ON audit (other) WHERE other <> '';
CREATE INDEX ix_audit_device ON audit (device);
CREATE INDEX ix_outbox_due ON outbox (due);
CREATE INDEX ix_paks_owner ON paks (owner);
CREATE INDEX ix_permissions_source ON permissions (source);
CREATE UNIQUE INDEX ix_asked ON permissions (source) WHERE state = 'open';
CREATE INDEX ix_rmas_replacement ON rmas (replacement);
CREATE INDEX ix_rehosted ON licenses (root) WHERE origin = 'rehost';
CREATE UNIQUE INDEX ix_registered ON licenses (pak, udi) WHERE origin = 'registration';
CREATE INDEX ix_licenses_udi ON licenses (udi);
COMMIT;
