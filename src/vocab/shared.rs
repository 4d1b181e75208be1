//! Terms of the vocabularies that Urbi shares with the rest of the world. Only those that it writes or reads.

/// RDF itself.
pub mod rdf {
    terms! { "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
        /// `rdf:type`.
        TYPE = "type",
        /// `rdf:first`: the first element of a list.
        FIRST = "first",
        /// `rdf:rest`: the list after its first element.
        REST = "rest",
        /// `rdf:nil`: the empty list.
        NIL = "nil",
    }
}

/// RDF Schema.
pub mod rdfs {
    terms! { "http://www.w3.org/2000/01/rdf-schema#";
        /// `rdfs:label`: the best name of a thing.
        LABEL = "label",
        /// `rdfs:comment`.
        COMMENT = "comment",
        /// `rdfs:subClassOf`.
        SUB_CLASS_OF = "subClassOf",
        /// `rdfs:domain`.
        DOMAIN = "domain",
        /// `rdfs:range`.
        RANGE = "range",
        /// `rdfs:Resource`: anything.
        RESOURCE = "Resource",
    }
}

/// The Web Ontology Language.
pub mod owl {
    terms! { "http://www.w3.org/2002/07/owl#";
        /// `owl:Class`.
        CLASS = "Class",
        /// `owl:ObjectProperty`.
        OBJECT_PROPERTY = "ObjectProperty",
        /// `owl:DatatypeProperty`.
        DATATYPE_PROPERTY = "DatatypeProperty",
        /// `owl:FunctionalProperty`.
        FUNCTIONAL_PROPERTY = "FunctionalProperty",
        /// `owl:unionOf`.
        UNION_OF = "unionOf",
        /// `owl:sameAs`: links an entity to its record in an authority file.
        SAME_AS = "sameAs",
        /// `owl:versionInfo`: the version of a dataset.
        VERSION_INFO = "versionInfo",
    }
}

/// XML Schema datatypes.
pub mod xsd {
    terms! { "http://www.w3.org/2001/XMLSchema#";
        /// `xsd:string`.
        STRING = "string",
        /// `xsd:boolean`.
        BOOLEAN = "boolean",
        /// `xsd:integer`.
        INTEGER = "integer",
        /// `xsd:decimal`.
        DECIMAL = "decimal",
        /// `xsd:gYear`: a date of which only the year is known.
        G_YEAR = "gYear",
        /// `xsd:gYearMonth`: a date of which year and month are known.
        G_YEAR_MONTH = "gYearMonth",
        /// `xsd:date`.
        DATE = "date",
        /// `xsd:dateTime`.
        DATE_TIME = "dateTime",
        /// `xsd:anyURI`.
        ANY_URI = "anyURI",
    }
}

/// SKOS.
pub mod skos {
    terms! { "http://www.w3.org/2004/02/skos/core#";
        /// `skos:altLabel`: another name.
        ALT_LABEL = "altLabel",
        /// `skos:prefLabel`.
        PREF_LABEL = "prefLabel",
        /// `skos:Concept`.
        CONCEPT = "Concept",
        /// `skos:exactMatch`.
        EXACT_MATCH = "exactMatch",
        /// `skos:closeMatch`.
        CLOSE_MATCH = "closeMatch",
        /// `skos:broader`.
        BROADER = "broader",
    }
}

/// W3C Basic Geo (WGS84).
pub mod geo {
    terms! { "http://www.w3.org/2003/01/geo/wgs84_pos#";
        /// `geo:lat`: latitude in degrees, north positive.
        LAT = "lat",
        /// `geo:long`: longitude in degrees, east positive.
        LONG = "long",
    }
}

/// PROV-O.
pub mod prov {
    terms! { "http://www.w3.org/ns/prov#";
        /// `prov:Entity`.
        ENTITY = "Entity",
        /// `prov:Activity`.
        ACTIVITY = "Activity",
        /// `prov:SoftwareAgent`.
        SOFTWARE_AGENT = "SoftwareAgent",
        /// `prov:Plan`.
        PLAN = "Plan",
        /// `prov:Association`.
        ASSOCIATION = "Association",
        /// `prov:wasDerivedFrom`.
        WAS_DERIVED_FROM = "wasDerivedFrom",
        /// `prov:hadPrimarySource`.
        HAD_PRIMARY_SOURCE = "hadPrimarySource",
        /// `prov:wasQuotedFrom`.
        WAS_QUOTED_FROM = "wasQuotedFrom",
        /// `prov:wasGeneratedBy`.
        WAS_GENERATED_BY = "wasGeneratedBy",
        /// `prov:used`.
        USED = "used",
        /// `prov:value`: the words of a passage.
        VALUE = "value",
        /// `prov:wasAssociatedWith`.
        WAS_ASSOCIATED_WITH = "wasAssociatedWith",
        /// `prov:qualifiedAssociation`.
        QUALIFIED_ASSOCIATION = "qualifiedAssociation",
        /// `prov:agent`.
        AGENT = "agent",
        /// `prov:hadPlan`.
        HAD_PLAN = "hadPlan",
    }
}

/// Dublin Core terms.
pub mod dcterms {
    terms! { "http://purl.org/dc/terms/";
        /// `dcterms:format`: the media type of a document.
        FORMAT = "format",
        /// `dcterms:title`.
        TITLE = "title",
        /// `dcterms:description`.
        DESCRIPTION = "description",
        /// `dcterms:license`.
        LICENSE = "license",
        /// `dcterms:isPartOf`: the dataset of a lexicon entry.
        IS_PART_OF = "isPartOf",
        /// `dcterms:source`: where a dataset comes from.
        SOURCE = "source",
    }
}

/// What queries can ask Urbi to work out. No terms of the ontology: nothing is stated with them.
pub mod function {
    terms! { "https://w3id.org/urbi/ontology#";
        /// `urbi:matches`: an entity or passage to words that it holds; looked up in the full-text index.
        MATCHES = "matches",
        /// `urbi:score`: how well an entity or passage fits words.
        SCORE = "score",
        /// `urbi:point`: a point from latitude and longitude.
        POINT = "point",
    }
}

/// SPARQL 1.1 Service Description.
pub mod sd {
    terms! { "http://www.w3.org/ns/sparql-service-description#";
        /// `sd:Service`.
        SERVICE = "Service",
        /// `sd:Dataset`.
        DATASET = "Dataset",
        /// `sd:Graph`.
        GRAPH = "Graph",
        /// `sd:NamedGraph`.
        NAMED_GRAPH_CLASS = "NamedGraph",
        /// `sd:endpoint`.
        ENDPOINT = "endpoint",
        /// `sd:supportedLanguage`.
        SUPPORTED_LANGUAGE = "supportedLanguage",
        /// `sd:SPARQL11Query`.
        SPARQL_11_QUERY = "SPARQL11Query",
        /// `sd:SPARQL11Update`.
        SPARQL_11_UPDATE = "SPARQL11Update",
        /// `sd:resultFormat`.
        RESULT_FORMAT = "resultFormat",
        /// `sd:extensionFunction`.
        EXTENSION_FUNCTION = "extensionFunction",
        /// `sd:propertyFeature`.
        PROPERTY_FEATURE = "propertyFeature",
        /// `sd:defaultDataset`.
        DEFAULT_DATASET = "defaultDataset",
        /// `sd:defaultGraph`.
        DEFAULT_GRAPH = "defaultGraph",
        /// `sd:namedGraph`.
        NAMED_GRAPH = "namedGraph",
        /// `sd:name`.
        NAME = "name",
    }
}

/// The Vocabulary of Interlinked Datasets.
pub mod void {
    terms! { "http://rdfs.org/ns/void#";
        /// `void:Dataset`.
        DATASET = "Dataset",
        /// `void:triples`.
        TRIPLES = "triples",
        /// `void:entities`.
        ENTITIES = "entities",
        /// `void:documents`.
        DOCUMENTS = "documents",
        /// `void:classes`.
        CLASSES = "classes",
        /// `void:properties`.
        PROPERTIES = "properties",
        /// `void:classPartition`.
        CLASS_PARTITION = "classPartition",
        /// `void:class`.
        CLASS = "class",
        /// `void:propertyPartition`.
        PROPERTY_PARTITION = "propertyPartition",
        /// `void:property`.
        PROPERTY = "property",
        /// `void:sparqlEndpoint`.
        SPARQL_ENDPOINT = "sparqlEndpoint",
        /// `void:uriSpace`.
        URI_SPACE = "uriSpace",
        /// `void:vocabulary`.
        VOCABULARY = "vocabulary",
        /// `void:exampleResource`.
        EXAMPLE_RESOURCE = "exampleResource",
        /// `void:feature`.
        FEATURE = "feature",
        /// `void:inDataset`.
        IN_DATASET = "inDataset",
    }
}

/// The Data Catalog Vocabulary.
pub mod dcat {
    terms! { "http://www.w3.org/ns/dcat#";
        /// `dcat:Dataset`.
        DATASET = "Dataset",
        /// `dcat:Distribution`.
        DISTRIBUTION_CLASS = "Distribution",
        /// `dcat:DataService`.
        DATA_SERVICE = "DataService",
        /// `dcat:distribution`.
        DISTRIBUTION = "distribution",
        /// `dcat:accessService`.
        ACCESS_SERVICE = "accessService",
        /// `dcat:accessURL`.
        ACCESS_URL = "accessURL",
        /// `dcat:downloadURL`.
        DOWNLOAD_URL = "downloadURL",
        /// `dcat:endpointURL`.
        ENDPOINT_URL = "endpointURL",
        /// `dcat:servesDataset`.
        SERVES_DATASET = "servesDataset",
        /// `dcat:mediaType`.
        MEDIA_TYPE = "mediaType",
        /// `dcat:landingPage`.
        LANDING_PAGE = "landingPage",
        /// `dcat:keyword`.
        KEYWORD = "keyword",
    }
}

/// schema.org.
pub mod schema {
    terms! { "https://schema.org/";
        /// `schema:Event`.
        EVENT = "Event",
        /// `schema:CreativeWork`.
        CREATIVE_WORK = "CreativeWork",
    }
}

/// SHACL.
pub mod sh {
    terms! { "http://www.w3.org/ns/shacl#";
        /// `sh:Violation`.
        VIOLATION = "Violation",
        /// `sh:Warning`.
        WARNING = "Warning",
        /// `sh:Info`.
        INFO = "Info",
        /// `sh:ValidationReport`.
        VALIDATION_REPORT = "ValidationReport",
        /// `sh:ValidationResult`.
        VALIDATION_RESULT = "ValidationResult",
        /// `sh:conforms`.
        CONFORMS = "conforms",
        /// `sh:result`.
        RESULT = "result",
        /// `sh:focusNode`.
        FOCUS_NODE = "focusNode",
        /// `sh:resultSeverity`.
        RESULT_SEVERITY = "resultSeverity",
        /// `sh:resultPath`.
        RESULT_PATH = "resultPath",
        /// `sh:resultMessage`.
        RESULT_MESSAGE = "resultMessage",
        /// `sh:message`: of a shape.
        MESSAGE = "message",
        /// `sh:path`: of a shape.
        PATH = "path",
        /// `sh:value`.
        VALUE = "value",
        /// `sh:sourceShape`.
        SOURCE_SHAPE = "sourceShape",
        /// `sh:sourceConstraintComponent`.
        SOURCE_CONSTRAINT_COMPONENT = "sourceConstraintComponent",
        /// `sh:inversePath`.
        INVERSE_PATH = "inversePath",
        /// `sh:alternativePath`.
        ALTERNATIVE_PATH = "alternativePath",
        /// `sh:zeroOrMorePath`.
        ZERO_OR_MORE_PATH = "zeroOrMorePath",
        /// `sh:oneOrMorePath`.
        ONE_OR_MORE_PATH = "oneOrMorePath",
        /// `sh:zeroOrOnePath`.
        ZERO_OR_ONE_PATH = "zeroOrOnePath",
    }
}
